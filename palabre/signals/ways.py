"""Ways by which signals leave the house: devices, mail. A room offers one; which of them carries what is decided here.

`reachable` says who of some people can be reached so now, and `send` puts signals on their way, in the transaction that
decides it: what it enqueues goes out if, and only if, the decision stands.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from palabre.signals.models import Signal


@dataclass(frozen=True)
class Way:
    """A way out, by the name that `Carried` has for it."""

    name: str
    reachable: Callable[[Collection[int]], set[int]]
    send: Callable[[Sequence[Signal]], None]


_offered: dict[str, Way] = {}


def offer(way: Way) -> Way:
    """Adds a way; a second one of the same name replaces the first."""
    _offered[way.name] = way
    return way


def offered(name: str) -> Way | None:
    """The way of that name, if a room offers one."""
    return _offered.get(name)
