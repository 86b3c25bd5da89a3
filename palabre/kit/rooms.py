"""A room of the house is a Django app whose parts register themselves.

A room says what it adds (a kind, panels, rules, listeners …) in a module of that name; starting the app
imports the modules that exist. So a new room costs its own folder and one line in the settings.
"""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

PARTS = (
    "verbs",
    "kind",
    "policy",
    "meeting",
    "interest",
    "passages",
    "roles",
    "parts",
    "quotes",
    "panels",
    "asks",
    "homecoming",
    "marks",
    "derivation",
    "completion",
    "words",
    "rows",
    "listeners",
    "appointments",
    "live",
    "checkup",
)


INNER = (*PARTS, "tasks")  # those of a room itself are found by Procrastinate, which knows apps alone


class RoomConfig(AppConfig):
    """Imports the self-registering parts of its room, and of the `inner` packages it names, when the app starts."""

    default_auto_field = "django.db.models.BigAutoField"
    inner: tuple[str, ...] = ()

    def ready(self) -> None:
        for package, parts in [(self.name, PARTS), *((f"{self.name}.{inner}", INNER) for inner in self.inner)]:
            for part in parts:
                if find_spec(f"{package}.{part}"):
                    import_module(f"{package}.{part}")
