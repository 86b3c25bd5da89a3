"""Addresses: each room brings its own, under nouns."""

from django.urls import include, path

from palabre.project.health import health

urlpatterns = [
    path("-/health", health),
    path("account/", include("allauth.urls")),
]
