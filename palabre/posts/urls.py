"""Posts."""

from django.urls import path

from palabre.items import addresses  # noqa: F401 (registers the converter)
from palabre.posts import views

app_name = "posts"
urlpatterns = [
    path("posts/<item:pk>/", views.show, name="show"),
    path("spaces/<slug:slug>/posts/", views.of_space, name="of_space"),
]
