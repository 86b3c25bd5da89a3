"""What awaits a reader's voice, as each room tells it: all of it found in one query, by the first who asks.

It would be a query a room on the page that shows it, and most pages show none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.db.models import Q

from palabre.kit.queries import ONCE, Prepared, Slot
from palabre.spaces import sight
from palabre.spaces.models import Space

_told: dict[str, Callable[[Slot, sight.Within], Any]] = {}


def tells(name: str, expression: Callable[[Slot, sight.Within], Any]) -> None:
    """What a room tells of what waits for a reader, under `name`; `expression` is made as for `sight.counts`."""
    _told[name] = expression


def of(person: Any) -> Mapping[str, Any]:
    """What each room tells, by its name; nothing of who sees no space. Kept as long as the reader's sight is."""
    seen = sight.of(person)
    if __name__ not in seen.beside:
        seen.beside[__name__] = _asked(person, seen)
    return seen.beside[__name__]


def _asked(person: Any, seen: sight.Sight) -> Mapping[str, Any]:
    keys = seen.space_ids
    if not keys or not person.pk:
        return {}
    [values] = _all()(person=person.pk, one=keys[0], spaces=keys)
    return dict(zip(_told, values, strict=True))


@cache
def _all() -> Prepared:
    """What is told by all, of one space which stands for itself: the rooms ask of all of them at once."""
    person, spaces = Slot("person"), Slot("spaces")

    def compose() -> Any:
        every = {name: told(person, lambda field: Q(**{f"{field}__among": spaces})) for name, told in _told.items()}
        return Space.objects.filter(pk=Slot("one")).order_by().values_list(*every.values())

    return Prepared(compose, planned=ONCE)
