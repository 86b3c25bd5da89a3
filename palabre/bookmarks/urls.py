"""Bookmarks."""

from django.urls import path

from palabre.bookmarks import views
from palabre.items import addresses  # noqa: F401 (registers the converter)

app_name = "bookmarks"
urlpatterns = [
    path("bookmarks/new/", views.new, name="new"),
    path("bookmarks/<item:pk>/", views.show, name="show"),
    path("bookmarks/<int:pk>/reading/", views.reading, name="reading"),
    path("bookmarks/<int:pk>/saving/", views.saving, name="saving"),
    path("bookmarks/<int:pk>/release/", views.release, name="release"),
    path("spaces/<slug:slug>/bookmarks/", views.of_space, name="of_space"),
]
