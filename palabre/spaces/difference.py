"""Who gains and who loses sight, said before it is done: a space about to open, an item about to move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Window

from palabre.people.models import Person, PersonQuerySet
from palabre.spaces.models import Audience, Space
from palabre.spaces.readership import readers, within

NAMED = 12
"""Names said before the rest is a number."""


@dataclass(frozen=True)
class Told:
    """People as one reader may know them: some by name, the others as a number."""

    known: Sequence[Person]
    others: int

    def __bool__(self) -> bool:
        return bool(self.known or self.others)


@dataclass(frozen=True)
class Difference:
    """People who gain sight and people who lose it; strangers gain it when something becomes public."""

    gains: Told
    loses: Told
    strangers_gain: bool
    strangers_lose: bool

    def __bool__(self) -> bool:
        return bool(self.gains or self.loses or self.strangers_gain or self.strangers_lose)


def opening(space: Space, audience: str, organisations: Iterable[int], viewer: Any) -> Difference:
    """What changes for whom when `space` takes that audience, with those organisations named."""
    members = space.memberships.values("person")
    after = within(audience, members, list(organisations))
    return _between(readers(space), after, space.audience, audience, viewer)


def moving(item_from: Space, item_to: Space, viewer: Any) -> Difference:
    """What changes for whom when something moves from one space to another."""
    return _between(readers(item_from), readers(item_to), item_from.audience, item_to.audience, viewer)


def tell(people: PersonQuerySet, viewer: Any) -> Told:
    """`people` as `viewer` may know them, in one query: those who are met come first, and all are counted."""
    met = ExpressionWrapper(
        Q(pk__in=Person.objects.visible_to(viewer).order_by().values("pk")), output_field=BooleanField()
    )
    told = people.annotate(met=met, among=Window(Count("pk"))).select_related("organisation")
    first = list(told.order_by("-met", "name")[:NAMED])
    known = [person for person in first if person.met]
    return Told(known, first[0].among - len(known) if first else 0)


def _between(before: PersonQuerySet, after: PersonQuerySet, was: str, becomes: str, viewer: Any) -> Difference:
    return Difference(
        gains=tell(after.exclude(pk__in=before.order_by().values("pk")), viewer),
        loses=tell(before.exclude(pk__in=after.order_by().values("pk")), viewer),
        strangers_gain=was != Audience.PUBLIC and becomes == Audience.PUBLIC,
        strangers_lose=was == Audience.PUBLIC and becomes != Audience.PUBLIC,
    )
