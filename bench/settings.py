"""Palabre's settings, with the floor beside it."""

from palabre.project.settings import *  # noqa: F403
from palabre.project.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench.floor"]
ROOT_URLCONF = "bench.urls"
