"""What a command that works on the instance needs: Django, and a database that runs and is up to date."""

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def prepare_django() -> None:
    """Reads the settings and loads the rooms."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palabre.project.settings")
    django.setup()


@contextmanager
def database() -> Iterator[None]:
    """The database runs for as long as the block, beside a server or alone."""
    from django.conf import settings

    from palabre.project.cluster import Cluster

    if "DATABASE_URL" in os.environ:
        yield
        return
    with Cluster(settings.DATA).used():
        yield


@contextmanager
def instance() -> Iterator[None]:
    """Django set up, the database running, its tables as this code wants them."""
    prepare_django()
    from palabre.project import schema

    with database():
        schema.bring_up_to_date()
        yield


def on_instance(function: Callable[P, R]) -> Callable[P, R]:
    """The decorated command runs inside `instance`."""

    @functools.wraps(function)
    def inside(*arguments: P.args, **options: P.kwargs) -> R:
        with instance():
            return function(*arguments, **options)

    return inside
