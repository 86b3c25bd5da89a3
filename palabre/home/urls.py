"""The front page and the guide."""

from django.urls import path

from palabre.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("guide/", views.guide, name="guide"),
    path("guide/<slug:slug>/", views.guide, name="chapter"),
]
