"""Asks: what waits for somebody's voice or answer. Rooms say what they know of; home shows it; neither knows the other.

A ballot that is open, a mention nobody answered, a page that is due: each is one `Ask`, with the one gesture that
settles it. What has an hour comes first, the nearest before the others; then what rooms hold for more pressing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked of the reader.

    kind: what it is, in a word or two. button: the gesture, on the link to `address`. said: who asks, or what is to be
    known first; `face` is theirs, `space` the place. late: what presses, in words; due: the hour, to sort by. done:
    where a POST says that nothing need be done, or what `waives` says; empty where only the gesture itself settles it.
    """

    kind: Any
    icon: str
    title: str
    address: str
    button: Any
    said: Any = ""
    late: Any = ""
    face: Any = None
    space: Any = None
    language: str = ""
    due: datetime | None = None
    done: str = ""
    waives: Any = ""


Finder = Callable[[HttpRequest], Iterable[Ask]]

_finders: dict[str, tuple[int, Finder]] = {}
_FAR = datetime.max.replace(tzinfo=UTC)


def asks(name: str, order: int = 50) -> Callable[[Finder], Finder]:
    """`@asks("ballots", order=10)` on a function that gives a reader's asks: few, and of what they may see."""

    def register(finder: Finder) -> Finder:
        _finders[name] = order, finder
        return finder

    return register


def waiting(request: HttpRequest) -> list[Ask]:
    """All that waits for the reader, the most pressing first."""
    found = [
        (ask.due or _FAR, order, ask)
        for order, finder in sorted(_finders.values(), key=lambda each: each[0])
        for ask in finder(request)
    ]
    return [ask for _due, _order, ask in sorted(found, key=lambda each: each[:2])]
