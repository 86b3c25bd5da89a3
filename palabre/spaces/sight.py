"""Sight: the spaces a person sees and their roles there, in one query.

Rights are computed at use. Within one request the answer is kept on the signed-in person (the middleware says so),
because every list, count and mark of a page asks again; a person held longer than a request is asked afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from palabre.kit.queries import Prepared, Slot
from palabre.people.models import OPERATOR
from palabre.spaces.models import Role, Space, standing, who

_KEPT = "_sight_of_this_request"

_brought: dict[str, Callable[[Slot], Any]] = {}


def brings(name: str, expression: Callable[[Slot], Any]) -> None:
    """A number that a room above knows of each space and its reader comes in the same query, under `name`.

    `expression` makes it from the slot of the reader's key; the space is the outer query's.
    """
    _brought[name] = expression


@dataclass(frozen=True)
class Sight:
    """What one person sees: spaces by primary key, in the order of their names, and what some of them are to them.

    Spaces are made when they are looked at; the columns beside are there without.
    """

    spaces: Mapping[int, Space]
    roles: Mapping[int, str] = field(default_factory=dict)
    kept: Mapping[int, int] = field(default_factory=dict)
    waiting: Mapping[int, int] = field(default_factory=dict)
    brought: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    @property
    def space_ids(self) -> list[int]:
        """The spaces whose content may be read."""
        return list(self.spaces)

    @property
    def mine(self) -> list[Space]:
        """The spaces the person is a member of, or has put among theirs, by name."""
        return self._open(pk for pk in self.spaces if pk in self.roles or pk in self.kept)

    @property
    def stewarded(self) -> list[int]:
        """The spaces the person is a steward of."""
        return [pk for pk, role in self.roles.items() if role == Role.STEWARD]

    @property
    def asked_of(self) -> list[Space]:
        """The spaces in which somebody waits for an answer that the person can give."""
        return self._open(self.waiting)

    def _open(self, keys: Iterable[int]) -> list[Space]:
        return [space for pk in keys if not (space := self.spaces[pk]).archived_at]


def of(person: Any) -> Sight:
    """What `person` (a Person, an anonymous visitor, or OPERATOR) sees."""
    kept = getattr(person, _KEPT, None)
    if isinstance(kept, Sight):
        return kept
    if person is OPERATOR:
        sight = Sight({space.pk: space for space in Space.objects.order_by("name", "pk")})
    else:
        spaces = _seen_from(standing(person)).by_key(**who(person))
        brought = {name: spaces.column(name) for name in _brought}
        roles, kept_ones, waiting = (spaces.column(name) for name in ("role", "kept", "waiting"))
        sight = Sight(spaces, roles, kept_ones, waiting, brought)
    if kept is not None:
        setattr(person, _KEPT, sight)
    return sight


def role_in(space: Space, person: Any) -> str | None:
    """The role of `person` in a space, None for who is no member."""
    return of(person).roles.get(space.pk)


def keeps(space: Space, person: Any) -> bool:
    """Whether `person` has a space among theirs without being a member."""
    return space.pk in of(person).kept


def forget(person: Any) -> None:
    """Asks afresh next time; called by whoever changes rights in the middle of a request."""
    if getattr(person, _KEPT, None) is not None:
        setattr(person, _KEPT, ())


@cache
def _seen_from(side: str | None) -> Prepared:
    """What one side sees, composed once: every request asks."""
    person, organisation = Slot("person"), Slot("organisation")
    return Prepared(
        lambda: (
            Space.objects.readable_from(side, person, organisation)
            .as_known_to(person)
            .annotate(**{name: expression(person) for name, expression in _brought.items()})
            .defer("created_at")
            .order_by("name", "pk")
        )
    )


class KeepSight:
    """Middleware: the person of this request keeps their sight until it ends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_keeping, request.user))  # type: ignore[assignment]
        return self.get_response(request)


def _keeping(user: Any) -> Any:
    setattr(user, _KEPT, ())
    return user
