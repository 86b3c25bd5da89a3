"""Palabre's addresses, and those of the floor."""

from django.urls import path

from bench.floor.views import read, save
from palabre.project.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("floor/<int:pk>/", read), path("floor/<int:pk>/save/", save), *urlpatterns]
