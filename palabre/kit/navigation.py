"""Places: the entries of the rail, of the bars and of the person's menu, offered by the rooms they lead to.

The frame draws them and names none: a room that is not there leaves no dead link behind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def everyone(_request: HttpRequest) -> bool:
    """Shown to whoever comes, signed in or not."""
    return True


def signed_in(request: HttpRequest) -> bool:
    """Shown to people with an account."""
    return request.user.is_authenticated


@dataclass(frozen=True)
class Place:
    """Somewhere to go.

    part: "go" (the rail), "find" (the search box), "write" (the writing button), "me" (the person's menu).
    url: a name of the room's own urls. bar: also in the bottom bar of a phone. key: the keyboard shortcut.
    """

    name: str
    label: Any
    icon: str
    url: str
    part: str = "go"
    order: int = 50
    bar: bool = False
    key: str = ""
    shown: Callable[[HttpRequest], bool] = everyone

    @cached_property
    def address(self) -> str:
        return reverse(self.url)

    def is_current(self, request: HttpRequest) -> bool:
        """Whether the page of this request lies there."""
        return request.path == self.address or (self.address != "/" and request.path.startswith(self.address))


_places: dict[str, Place] = {}


def offer(place: Place) -> Place:
    """Makes a place known; a second one of the same name replaces the first."""
    _places[place.name] = place
    return place


def known() -> list[Place]:
    """Every place, whoever is shown it."""
    return list(_places.values())


def places(request: HttpRequest, part: str) -> list[Place]:
    """The places of a part that this reader is shown, in their order."""
    found = [place for place in _places.values() if place.part == part and place.shown(request)]
    return sorted(found, key=lambda place: (place.order, place.name))
