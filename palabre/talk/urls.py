"""Addresses of talk."""

from django.urls import path

from palabre.talk.views import changing, gestures, saying

app_name = "talk"

urlpatterns = [
    path("items/<int:pk>/comments/", saying.of_item, name="of_item"),
    path("items/<int:pk>/comments/new/", saying.new, name="new"),
    path("items/<int:pk>/reactions/", gestures.towards_item, name="towards_item"),
    path("comments/<int:pk>/", saying.permalink, name="comment"),
    path("comments/<int:pk>/thread/", saying.thread, name="thread"),
    path("comments/<int:pk>/answer/", saying.answer, name="answer"),
    path("comments/<int:pk>/edit/", changing.edit, name="edit"),
    path("comments/<int:pk>/deletion/", changing.deletion, name="deletion"),
    path("comments/<int:pk>/resolution/", changing.resolution, name="resolution"),
    path("comments/<int:pk>/earlier/", changing.earlier, name="earlier"),
    path("comments/<int:pk>/reactions/", gestures.towards_comment, name="towards_comment"),
]
