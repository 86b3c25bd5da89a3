"""Addresses of the kit: the reader's way and, while developing, the style guide."""

from django.conf import settings
from django.urls import path

from palabre.kit import styleguide
from palabre.kit.way import way

app_name = "kit"
urlpatterns = [path("way/", way, name="way")]
if settings.DEBUG:
    urlpatterns.append(path("styleguide/", styleguide.show, name="styleguide"))
