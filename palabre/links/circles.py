"""Who reads what: between which spaces a link may count for everybody.

What is said of an item to all its readers may only be made of what each of them could look up: its authority, and that
another one takes its place. A link therefore counts only if everyone who may see its target may see its source:
otherwise the order of results would tell a customer that a private space talks of a page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from palabre.items.models import READABLE
from palabre.links.models import Link
from palabre.people.models import Side
from palabre.spaces.models import Audience, Invited, Membership, Space


@dataclass(frozen=True)
class Belonging:
    """Where a person stands: `side` is company, partner or customer."""

    side: str
    organisation: int | None = None


@dataclass(frozen=True)
class Circle:
    """Who may see what a space holds: whole groups of people, and members by name."""

    public: bool = False
    house: bool = False
    customers: bool = False
    organisations: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()

    def has(self, person: int, belonging: Belonging | None) -> bool:
        """Whether this person stands in the circle."""
        if self.public or person in self.members:
            return True
        if belonging is None:
            return False
        if belonging.side == "company":
            return self.house
        if belonging.side == "customer":
            return self.customers
        return belonging.organisation in self.organisations

    def holds(self, other: "Circle", belongings: Mapping[int, Belonging]) -> bool:
        """Whether everyone in `other` is in this circle too."""
        if self.public:
            return True
        return (
            not other.public
            and (self.house or not other.house)
            and (self.customers or not other.customers)
            and other.organisations <= self.organisations
            and all(self.has(person, belongings.get(person)) for person in other.members)
        )


def containment(circles: Mapping[int, Circle], belongings: Mapping[int, Belonging]) -> set[tuple[int, int]]:
    """Pairs (space of the source, space of the target) between which a link counts."""
    return {
        (source, target)
        for source, wide in circles.items()
        for target, narrow in circles.items()
        if source == target or wide.holds(narrow, belongings)
    }


def circles() -> tuple[dict[int, Circle], dict[int, Belonging]]:
    """The circle of readers of each space, and where each member stands; the same rule as `Space.visible_to`."""
    members: dict[int, set[int]] = {}
    belongings: dict[int, Belonging] = {}
    present = Membership.objects.filter(person__left_at=None, person__is_active=True)
    for space, person, side, organisation in present.values_list(
        "space", "person", "person__side", "person__organisation"
    ):
        members.setdefault(space, set()).add(person)
        belongings[person] = Belonging(side, organisation)
    invited: dict[int, set[int]] = {}
    for space, organisation in Invited.objects.values_list("space", "organisation"):
        invited.setdefault(space, set()).add(organisation)
    return {
        space: Circle(
            public=audience == Audience.PUBLIC,
            house=audience != Audience.TEAM,
            customers=audience == Audience.CUSTOMERS,
            organisations=frozenset(invited.get(space, ())) if audience == Audience.PARTNERS else frozenset(),
            members=frozenset(members.get(space, ())),
        )
        for space, audience in Space.objects.named().values_list("pk", "audience")
    }, belongings


def superseding(items: Any) -> QuerySet[Any, Any]:
    """What takes the place of these items, or of the slot for some: `target`, and the spaces `here` and `there` of the
    one that does and of the one whose place it takes."""
    links = Link.objects.superseding(items).filter(source__state__in=READABLE).order_by()
    return links.values("target", here=F("source__space"), there=F("target__space")).distinct()


def superseded(rows: Iterable[Mapping[str, int]]) -> set[int]:
    """Of the items of these rows of `superseding`, those all of whose readers may read what takes their place."""
    pairs = {(row["target"], row["here"], row["there"]) for row in rows}
    counting = containment(*circles()) if any(here != there for _, here, there in pairs) else set()
    return {target for target, here, there in pairs if here == there or (here, there) in counting}


assert set(Side.values) == {"company", "partner", "customer"}, "circles speak of these sides"
