"""Who keeps a page: in this space and, as far as the reader may see those bookmarks, in others.

It comes with the item, in the query that brings it: an item's page has no query to spare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from palabre.bookmarks.models import Bookmark, Saver
from palabre.items.models import Item, ItemQuerySet, address
from palabre.people.models import Organisation, Person

_PERSON = ("name", "handle", "side", "photo")


@dataclass(frozen=True)
class Elsewhere:
    """The same page in another space: the bookmark's address, the space it is in, who keeps it there."""

    address: str
    space: str
    audience: str
    savers: Sequence[Saver]


@dataclass(frozen=True)
class Company:
    """Those who keep a bookmark, in the order in which they came, and its like in other spaces."""

    savers: Sequence[Saver]
    elsewhere: Sequence[Elsewhere]

    def saver(self, person: Any) -> Saver | None:
        """What `person` keeps it by, if they do."""
        return next((saver for saver in self.savers if saver.person_id == person.pk), None)


def in_brief(visible: ItemQuerySet) -> ArraySubquery:
    """Bookmarks of the same page among `visible` items, with their savers, for a query of items to bring along."""
    savers = Saver.objects.filter(bookmark=OuterRef("pk")).order_by("at", "pk")
    said = savers.values(
        brief=JSONObject(
            person=F("person_id"),
            note=F("note"),
            at=F("at"),
            organisation=F("person__organisation__name"),
            **{name: F(f"person__{name}") for name in _PERSON},
        )
    )
    seen = Q(item=OuterRef("pk")) | Q(item__in=visible.order_by().values("pk"))
    kept = Bookmark.objects.filter(seen, canonical=OuterRef("bookmark__canonical")).order_by("pk")
    return ArraySubquery(
        kept.values(
            brief=JSONObject(
                item=F("item_id"),
                title=F("item__title"),
                space=F("item__space__name"),
                audience=F("item__space__audience"),
                savers=ArraySubquery(said),
            )
        )
    )


def of(item: Item, person: Any) -> Company:
    """The company of a bookmark: as its query brought it along (`company`), else asked for now."""
    brief = getattr(item, "company", None)
    if brief is None:
        seen = Item.objects.visible_to(person)
        brief = Item.objects.filter(pk=item.pk).values_list(in_brief(seen), flat=True)[0]
    here = [_saver(saver) for kept in brief if kept["item"] == item.pk for saver in kept["savers"]]
    others = [kept for kept in brief if kept["item"] != item.pk]
    return Company(here, [_elsewhere(kept) for kept in others])


def _elsewhere(kept: dict[str, Any]) -> Elsewhere:
    where = address("bookmark", kept["item"], kept["title"])
    return Elsewhere(where, kept["space"], kept["audience"], [_saver(saver) for saver in kept["savers"]])


def _saver(said: dict[str, Any]) -> Saver:
    person = Person(id=said["person"], **{name: said[name] for name in _PERSON})
    person.organisation = Organisation(name=said["organisation"]) if said["organisation"] else None
    return Saver(person=person, note=said["note"], at=datetime.fromisoformat(said["at"]))
