"""Addresses of tags; beside `/tags/…`, where any word may be one, stands what is no tag."""

from django.urls import path

from palabre.tags.views import browsing, garden, tagging

app_name = "tags"

urlpatterns = [
    path("tags/", browsing.cloud, name="cloud"),
    path("tag-garden/suggest/", browsing.suggest, name="suggest"),
    path("tag-garden/for-text/", tagging.for_writing, name="for_text"),
    path("tag-garden/merges/", garden.merges, name="merges"),
    path("tag-garden/merges/<int:pk>/undoing/", garden.undo, name="undo"),
    path("tags/<str:keys>/", browsing.show, name="show"),
    path("tags/<str:key>/garden/", garden.tend, name="garden"),
    path("items/<int:pk>/tags/", tagging.of_item, name="of_item"),
]
