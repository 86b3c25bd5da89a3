"""The door of commands to the instance: see `palabre.project.instance`."""

from palabre.project.instance import database, instance, on_instance, prepare_django

__all__ = ["database", "instance", "on_instance", "prepare_django"]
