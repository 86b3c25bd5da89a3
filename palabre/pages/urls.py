"""Pages and their tree."""

from django.urls import path

from palabre.items import addresses  # noqa: F401 (registers the converter)
from palabre.pages import views

app_name = "pages"
urlpatterns = [
    path("pages/<item:pk>/", views.show, name="show"),
    path("pages/<int:pk>/order/", views.order, name="order"),
    path("spaces/<slug:slug>/pages/", views.of_space, name="of_space"),
]
