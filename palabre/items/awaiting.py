"""Items that wait for somebody: a room says which, and what is told of each.

How many there are comes with the sight of a reader, for the rail of every page; the first of them come with all that
is told on coming home (`spaces.homecoming`), for the page that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func
from django.db.models.functions import Coalesce, JSONObject

from palabre.items.models import Item, ItemQuerySet, State
from palabre.spaces import homecoming, sight

MOST, FIRST = 20, 6  # as many are counted, and told

Which = Callable[[Any, ItemQuerySet], ItemQuerySet]
Told = Callable[[Any], Mapping[str, Any]]


def answered_for(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, those that are current and for which `person` (or the slot for their key) answers: whoever is
    responsible for the text, or else its author."""
    return among.alias(whose=Coalesce("owner", "author")).filter(whose=person, state=State.PUBLISHED)


class Awaited:
    """What a room counts and tells of those that wait, under one `name`.

    `which` narrows items to those that wait for a person (or the slot for their key); `told` is what is said of each
    beside its title, by the slot too; `first` is the order in which they are told. Those that are not `counted` are
    told and stand beside no place of the rail.
    """

    def __init__(
        self,
        name: str,
        which: Which,
        told: Told = lambda _person: {},
        first: tuple[str, ...] = ("-pk",),
        *,
        counted: bool = True,
    ):
        self.name, self.which, self.told, self.first = name, which, told, first
        if counted:
            sight.counts(name, self._number)
        homecoming.tells(name, self._briefs)

    def number(self, person: Any) -> int:
        """How many wait for the reader, up to `MOST`."""
        return sight.of(person).counted.get(self.name) or 0

    def of(self, person: Any) -> list[dict[str, Any]]:
        """The first that wait for the reader: `pk`, `title`, `language`, the key of the `space`, and what is `told`."""
        return homecoming.told(person, self.name) or []

    def _seen(self, person: Any, within: sight.Within) -> ItemQuerySet:
        # The sum keeps PostgreSQL from beginning with all that stands in these spaces.
        return self.which(person, Item.objects.alias(place=F("space") + 0).filter(within("place"))).order_by()

    def _number(self, person: Any, within: sight.Within) -> Func:
        return sight.number_of(self._seen(person, within), MOST)

    def _briefs(self, person: Any, within: sight.Within) -> ArraySubquery:
        brief = JSONObject(pk="pk", title="title", language="language", space="space_id", **self.told(person))
        return ArraySubquery(self._seen(person, within).order_by(*self.first).values(brief=brief)[:FIRST])
