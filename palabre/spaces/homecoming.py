"""What each room tells a reader who comes home, what awaits their voice first of all: found in one query for all rooms,
by the first who asks.

It would be a query a room on the page that shows it, and most pages show none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.db.models import Q

from palabre.kit.queries import ONCE, Prepared, Slot
from palabre.people.models import Person
from palabre.spaces import sight

Values = Callable[[], Mapping[str, Any]]

_told: dict[str, tuple[Callable[[Slot, sight.Within], Any], Values]] = {}


def tells(name: str, expression: Callable[[Slot, sight.Within], Any], values: Values = dict) -> None:
    """What a room tells a reader, under `name`; `expression` is made as for `sight.counts`. Further slots of it, of
    which the room's name is a part, are given `values` when a reader asks."""
    assert not _all.cache_info().currsize, f"{name} is told too late: rooms say so when the app starts"
    _told[name] = expression, values


def told(person: Any, name: str) -> Any:
    """What a room tells `person`, None where that is nothing. Kept as long as the reader's sight is."""
    seen = sight.of(person)
    if __name__ not in seen.beside:
        seen.beside[__name__] = _asked(person, seen) if person.pk else {}
    return seen.beside[__name__].get(name)


def _asked(person: Any, seen: sight.Sight) -> Mapping[str, Any]:
    given: dict[str, Any] = {}
    for _expression, values in _told.values():
        given |= values()
    [columns] = _all()(**given, person=person.pk, spaces=seen.space_ids)
    return dict(zip(_told, columns, strict=True))


@cache
def _all() -> Prepared:
    person, spaces = Slot("person"), Slot("spaces")

    def compose() -> Any:
        every = [expression(person, lambda field: Q(**{f"{field}__among": spaces})) for expression, _ in _told.values()]
        return Person.objects.filter(pk=person).order_by().values_list(*every)

    return Prepared(compose, planned=ONCE)
