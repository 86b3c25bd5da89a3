"""Addresses: each room brings its own, under nouns."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
]
