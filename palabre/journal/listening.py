"""Listening: background work that events set off.

A listener names the properties it cares for, or one verb. It is called in a job enqueued in the event's transaction,
retried alone, and is therefore idempotent. Most need one event at a time, since each costs them a while (an address to
read, a file). Those who only look again at what events point at hear them `together`, however many there are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from palabre.journal import verbs

Hears = TypeVar("Hears", bound=Callable[[Any], None])


@dataclass(frozen=True)
class Listener:
    """Who hears which events, and whether one by one or as a list."""

    name: str
    hears: Callable[[Any], None]
    verb: str | None
    properties: dict[str, bool]
    together: bool

    @property
    def verbs(self) -> set[str]:
        """The names of the verbs it cares for."""
        return {name for name in verbs.names(**self.properties) if self.verb in (None, name)}

    def cares_for(self, verb: str) -> bool:
        """Whether it is told of an event with this verb; asked whenever something happens."""
        if self.verb not in (None, verb):
            return False
        meaning = verbs.get(verb)
        return all(getattr(meaning, key) == value for key, value in self.properties.items())


_listeners: dict[str, Listener] = {}


def listens_to(verb: str | None = None, *, together: bool = False, **properties: bool) -> Callable[[Hears], Hears]:
    """`@listens_to("adopted")` on a function of one event, `@listens_to(loud=True, together=True)` on one of a list."""

    def register(hears: Hears) -> Hears:
        name = f"{hears.__module__}.{hears.__qualname__}"
        _listeners[name] = Listener(name, hears, verb, properties, together)
        return hears

    return register


def interested(happened: Iterable[str], *, together: bool) -> list[Listener]:
    """The listeners that care for one of these verbs, among those who hear together or those who do not."""
    happened = set(happened)
    return [each for each in _listeners.values() if each.together == together and any(map(each.cares_for, happened))]


def find(name: str) -> Listener | None:
    """The listener of that name, or None when the house has lost it since."""
    return _listeners.get(name)
