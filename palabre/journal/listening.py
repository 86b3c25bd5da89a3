"""Listening: background work that events set off.

A listener names the properties it cares for, or one verb; it runs once for each such event in a job of its own,
enqueued in the event's transaction, retried alone, and therefore idempotent.
"""

from collections.abc import Callable
from typing import Any

from palabre.journal.verbs import Verb

Listener = Callable[[Any], None]

_listeners: dict[str, tuple[Listener, str | None, dict[str, bool]]] = {}


def listens_to(verb: str | None = None, **properties: bool) -> Callable[[Listener], Listener]:
    """`@listens_to(changes_text=True)` or `@listens_to("adopted")` on a function of one event."""

    def register(listener: Listener) -> Listener:
        _listeners[f"{listener.__module__}.{listener.__qualname__}"] = (listener, verb, properties)
        return listener

    return register


def interested(verb: Verb) -> list[str]:
    """The names of the listeners that events with this verb concern."""
    return [
        name
        for name, (_, wanted, properties) in _listeners.items()
        if wanted in (None, verb.name) and all(getattr(verb, key) == value for key, value in properties.items())
    ]


def listener(name: str) -> Listener | None:
    """The listener of that name, or None when the house has lost it since."""
    found = _listeners.get(name)
    return found[0] if found else None
