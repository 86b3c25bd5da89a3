"""Readers: the rule of `SpaceQuerySet.visible_to`, asked from the other end.

Which people read a space, and how many inside and outside: what a writer is told before the first word, and a mover
before anything moves.
"""

import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from palabre.kit.keeping import Shelf
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.people.models import Person, PersonQuerySet, Side
from palabre.spaces.models import Audience, Invited, Membership, Space

PERIOD = 300  # seconds for which a number that is only shown is kept
MOST = 20_000  # numbers that a process keeps


@dataclass(frozen=True)
class Readership:
    """How many people of the house, and of the outside, read a space; `everyone` can, signed in or not."""

    inside: int
    outside: int
    everyone: bool = False


def readers(space: Space) -> PersonQuerySet:
    """The people with an account who may read `space`."""
    return within(
        space.audience,
        Membership.objects.filter(space=space).values("person"),
        Invited.objects.filter(space=space).values("organisation"),
    )


def reading(asked: Mapping[Space, Collection[int]]) -> set[tuple[int, int]]:
    """Of people who are asked about by space, those who may read it: pairs of (space, person) by primary key."""
    return {
        (space.pk, person)
        for space, people in asked.items()
        if people
        for person in readers(space).filter(pk__among=list(people)).order_by().values_list("pk", flat=True)
    }


def knowing(asked: Mapping[Space, Collection[int]]) -> set[tuple[int, int]]:
    """Of people who are asked about by space, those who may know that it exists: who reads it, and who may ask to."""
    known = reading(asked)
    for space, people in asked.items():
        if people and space.askable and not space.archived_at:
            inside = Person.objects.with_account().filter(side=Side.COMPANY, pk__among=list(people)).order_by()
            known |= {(space.pk, person) for person in inside.values_list("pk", flat=True)}
    return known


def within(audience: str, members: Any, organisations: Any) -> PersonQuerySet:
    """The people with an account who may read a space of that audience, with those members and organisations named.

    `members` and `organisations` are primary keys or queries of them.
    """
    people = Person.objects.with_account()
    if audience == Audience.PUBLIC:
        return people
    may = Q(pk__in=members)
    if audience != Audience.TEAM:
        may |= Q(side=Side.COMPANY)
    if audience == Audience.CUSTOMERS:
        may |= Q(side=Side.CUSTOMER)
    if audience == Audience.PARTNERS:
        may |= Q(side=Side.PARTNER, organisation__in=organisations)
    return people.filter(may)


def counted(spaces: Iterable[Space]) -> dict[int, Readership]:
    """The readership of each space by primary key, three queries for all of them."""
    spaces = list(spaces)
    people = Counter({(side, place): n for side, place, n in _PEOPLE()})
    members: dict[int, Counter[tuple[str, int | None]]] = {space.pk: Counter() for space in spaces}
    for pk, side, place, n in _MEMBERS(spaces=[*members]):
        members[pk][side, place] = n
    invited: set[tuple[int, int | None]] = set(_INVITED(spaces=[*members]))
    counts = {}
    for space in spaces:
        reading = members[space.pk] | Counter(
            {group: n for group, n in people.items() if _reads(space, *group, invited)}
        )
        inside = sum(n for (side, _place), n in reading.items() if side == Side.COMPANY)
        counts[space.pk] = Readership(inside, sum(reading.values()) - inside, space.audience == Audience.PUBLIC)
    return counts


_numbers: Shelf[int] = Shelf(MOST, lambda _number: 1)


def numbers(spaces: Iterable[Space]) -> dict[int, int]:
    """How many people read each space, by primary key, as of some minutes ago, for lists that show many of them.

    What everyone may read has no number.
    """
    now = int(time.time() // PERIOD)
    asked = {(space.pk, space.audience, now): space for space in spaces if space.audience != Audience.PUBLIC}
    found = {space.pk: _numbers.find(key) for key, space in asked.items()}
    if missing := [space for space in asked.values() if found[space.pk] is None]:
        for pk, readership in counted(missing).items():
            found[pk] = readership.inside + readership.outside
        for key, space in asked.items():
            _numbers.put(key, found[space.pk] or 0)
    return {pk: number or 0 for pk, number in found.items()}


def _grouped(queryset: QuerySet[Any], *fields: str) -> QuerySet[Any, Any]:
    return queryset.order_by().values_list(*fields).annotate(n=Count("pk")).values_list(*fields, "n")


_PEOPLE = Prepared(lambda: _grouped(Person.objects.with_account(), "side", "organisation"), planned=EITHER)
_MEMBERS = Prepared(
    lambda: _grouped(
        Membership.objects.filter(space__among=Slot("spaces"), person__in=Person.objects.with_account()),
        "space",
        "person__side",
        "person__organisation",
    ),
    planned=EITHER,
)
_INVITED = Prepared(
    lambda: Invited.objects.filter(space__among=Slot("spaces")).order_by().values_list("space", "organisation"),
    planned=EITHER,
)


def _reads(space: Space, side: str, place: int | None, invited: set[tuple[int, int | None]]) -> bool:
    """Whether the audience alone lets this group of people read."""
    match space.audience:
        case Audience.PUBLIC:
            return True
        case Audience.TEAM:
            return False
        case Audience.CUSTOMERS if side == Side.CUSTOMER:
            return True
        case Audience.PARTNERS if side == Side.PARTNER:
            return (space.pk, place) in invited
    return side == Side.COMPANY
