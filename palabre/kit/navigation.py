"""Places: the entries of the rail, of the bars and of the person's menu, offered by the rooms they lead to.

The frame draws them and names none: a room that is not there leaves no dead link behind. Each says in which group of
the rail it stands; a group that the reader folds stays folded in that browser.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

MOST = 99
FOLDED = "folded"  # the cookie in which `folding-groups` writes down what is folded
_NUMBER = 10**15  # stands in a pattern for the number of a thing


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[_NUMBER]).replace(str(_NUMBER), "{}")


def address(name: str, number: int) -> str:
    """As `reverse(name, args=[number])`, of which every page of an item asks a dozen: looked up once for each name."""
    return _pattern(name).format(number)


def writing(**said: Any) -> str:
    """Where one writes, begun with what is said: kind, space, title, body, parent, template, draft; empty is unsaid."""
    asked = urlencode({name: value for name, value in said.items() if value})
    return f"/write/?{asked}" if asked else "/write/"


def everyone(_request: HttpRequest) -> bool:
    """Shown to whoever comes, signed in or not."""
    return True


def signed_in(request: HttpRequest) -> bool:
    """Shown to people with an account."""
    return request.user.is_authenticated


@dataclass(frozen=True)
class Group:
    """Places of the rail under one heading; the one without a heading stands first and does not fold."""

    name: str
    label: Any = ""
    order: int = 0


MINE = Group("mine")
ASKING = Group("asking", _("Ask and propose"), order=1)
DECIDING = Group("deciding", _("Decide and act"), order=2)
HOUSE = Group("house", _("The house"), order=3)


@dataclass(frozen=True)
class Place:
    """Somewhere to go.

    part: "go" (the rail), "find" (the search box), "write" (the writing button), "me" (the person's menu).
    group: under which heading of the rail.
    url: a name of the room's own urls. bar: also in the bottom bar of a phone. key: the keyboard shortcut.
    count: how many things wait there. beside: how the addresses begin of what lies there too.
    """

    name: str
    label: Any
    icon: str
    url: str
    part: str = "go"
    group: Group = MINE
    order: int = 50
    bar: bool = False
    key: str = ""
    shown: Callable[[HttpRequest], bool] = everyone
    count: Callable[[HttpRequest], int] | None = None
    beside: tuple[str, ...] = ()

    @cached_property
    def address(self) -> str:
        return reverse(self.url)

    @property
    def counts(self) -> bool:
        """Whether a number stands beside it."""
        return self.count is not None

    @property
    def rank(self) -> tuple[int, int, str]:
        """Where it stands among the others of its part."""
        return self.group.order, self.order, self.name

    def is_current(self, request: HttpRequest) -> bool:
        """Whether the page of this request lies there."""
        beginnings = self.beside if self.address == "/" else (self.address, *self.beside)
        return request.path == self.address or request.path.startswith(beginnings)


_places: list[Place] = []  # in their order


def offer(place: Place) -> Place:
    """Makes a place known; a second one of the same name replaces the first."""
    others = [other for other in _places if other.name != place.name]
    _places[:] = sorted([*others, place], key=lambda each: each.rank)
    return place


def known() -> list[Place]:
    """Every place in its order, whoever is shown it."""
    return list(_places)


@dataclass(frozen=True)
class Entry:
    """A place as one page shows it; `current` when the page lies there."""

    place: Place
    current: bool
    count: int = 0

    @property
    def counted(self) -> str:
        """The number beside it: none of nothing, and no more than one can take in."""
        return f"{MOST}+" if self.count > MOST else str(self.count or "")


def entries(request: HttpRequest) -> tuple[Entry, ...]:
    """The places that this reader is shown, in their order; asked once a request."""
    kept: tuple[Entry, ...] | None = getattr(request, "_entries", None)
    if kept is None:
        kept = tuple(
            Entry(place, place.is_current(request), place.count(request) if place.count else 0)
            for place in _places
            if place.shown(request)
        )
        request._entries = kept  # type: ignore[attr-defined]
    return kept


def counts(request: HttpRequest) -> dict[str, int]:
    """How many things wait in each place that says so, by its name: what open pages are told anew."""
    return {place.name: place.count(request) for place in _places if place.count and place.shown(request)}


def places(request: HttpRequest, part: str) -> list[Entry]:
    """Those of a part of the frame."""
    return [entry for entry in entries(request) if entry.place.part == part]


@dataclass(frozen=True)
class Gathered:
    """A group as one page shows it: never folded over the place where the page lies."""

    group: Group
    entries: list[Entry]
    folded: bool


def is_folded(request: HttpRequest, name: str) -> bool:
    """Whether this browser folded the group of that name."""
    return name in request.COOKIES.get(FOLDED, "").split(".")


def groups(request: HttpRequest) -> list[Gathered]:
    """The places of the rail, under their headings."""
    found = [(group, list(each)) for group, each in groupby(places(request, "go"), key=lambda entry: entry.place.group)]
    return [
        Gathered(group, each, is_folded(request, group.name) and not any(entry.current for entry in each))
        for group, each in found
    ]
