"""Sight: the spaces a person sees and their roles there, in one query.

Rights are computed at use. Within one request the answer is kept on the signed-in person (the middleware says so),
because every list, count and mark of a page asks again; a person held longer than a request is asked afresh.

From one request to the next, what was found is kept together with a mark of all the rows it came from. The query of
each request gives that mark as it is now, with what is counted anew: where it is another one, all is found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Func, IntegerField, JSONField, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from palabre.kit.drawn import Drawn
from palabre.kit.keeping import Shelf
from palabre.kit.postgresql.keys import Keys
from palabre.kit.queries import ONCE, Prepared, Slot
from palabre.people.models import OPERATOR
from palabre.spaces.models import Role, Space, standing, who

_KEPT = "_sight_of_this_request"
WHOLE, BRIEFLY = "whole", "briefly"  # how it is found, where it is to be kept and is not yet
_MARK = "mark"
MOST = 20_000  # spaces that a process keeps, counted once for each of their readers

Within = Callable[[str], Q]
_counted: dict[str, Callable[[Slot, Within], Any]] = {}


def counts(name: str, expression: Callable[[Slot, Within], Any]) -> None:
    """What a room knows of a reader comes in the same query, under `name`: a number, or whatever is told of them.

    `expression` makes it from the slot of the reader's key, and from a function that makes, of the name of a field
    with a space, the condition that the reader reads there; the database finds it once, and not once for each space.
    """
    _counted[name] = expression


class Numbers(Subquery):
    """Numbers by space, as a queryset of pairs gives them: `{"12": 3}`, and None where there are none."""

    template = "(SELECT jsonb_object_agg(pair.space, pair.number) FROM (%(subquery)s) AS pair(space, number))"
    output_field = JSONField()


def number_of(found: QuerySet[Any, Any], most: int | None = None) -> Func:
    """How many there are, for `counts`: no more than `most` are looked at."""
    return Func(ArraySubquery(found.values("pk")[:most]), function="cardinality", output_field=IntegerField())


class _Mark(Func):
    """A number that is another one as soon as one of the rows is, from which the sight of a person is made.

    PostgreSQL writes over no row: each version stands at a place of its own (`ctid`), written by its transaction
    (`xmin`). The numbers before `<<` keep the tables apart.
    """

    template = """(
        (SELECT coalesce(bit_xor(hashtidextended(ctid, xmin::text::bigint)), 0) FROM spaces_space WHERE NOT nameless)
        # (SELECT coalesce(bit_xor(hashtidextended(part.ctid, 1::bigint << 32 | part.xmin::text::bigint)
                # hashtidextended(there.ctid, 2::bigint << 32 | there.xmin::text::bigint)), 0)
            FROM spaces_membership part JOIN spaces_space there ON there.id = part.space_id
            WHERE part.person_id = %(person)s)
        # (SELECT coalesce(bit_xor(hashtidextended(ctid, 3::bigint << 32 | xmin::text::bigint)), 0)
            FROM spaces_keeper WHERE person_id = %(person)s)
        # (SELECT coalesce(bit_xor(hashtidextended(ctid, 4::bigint << 32 | xmin::text::bigint)), 0)
            FROM spaces_invited WHERE organisation_id = %(organisation)s)
    )"""
    output_field = BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        person, organisation = (compiler.compile(each) for each in self.source_expressions)
        sql = self.template % {"person": person[0], "organisation": organisation[0]}
        return sql, [*person[1], *person[1], *organisation[1]]


@dataclass(frozen=True)
class Rights:
    """What somebody's rights open to them, as it was found once: many requests share it, and none changes it."""

    spaces: Drawn
    apart: Drawn
    archived: Mapping[int, Any]
    roles: Mapping[int, str]
    kept: Mapping[int, int]
    mark: int | None
    space_ids: Keys
    every_id: Keys

    @classmethod
    def found(cls, seen: Drawn) -> Rights:
        """As the query of `_seen_from` found them."""
        role, kept, archived, nameless, mark = map(seen.column, ("role", "kept", "archived_at", "nameless", _MARK))
        spaces, apart = seen.without(nameless), seen.without(seen.keys() - nameless.keys())
        shown = Keys(spaces)
        every = Keys([*spaces, *apart])
        return cls(spaces, apart, archived, role, kept, next(iter(mark.values()), None), shown, every)

    def __len__(self) -> int:
        return len(self.spaces) + len(self.apart)

    def with_counts(self, counted: Mapping[str, Any]) -> Sight:
        """The sight of one request."""
        return Sight(
            self.spaces.anew(),
            self.space_ids,
            self.every_id,
            self.archived,
            self.roles,
            self.kept,
            counted,
            self.apart.anew(),
        )


_rights: Shelf[Rights] = Shelf(MOST, len)


@dataclass(frozen=True)
class Sight:
    """What one person sees: spaces by primary key, in the order of their names, and what some of them are to them.

    Spaces are made when they are looked at; the columns beside are there without. `apart` are the nameless ones, which
    no list shows: they let somebody in to an item, and lead nowhere. `space_ids` are the spaces whose content lists may
    show, `every_id` those whose content may be read, nameless ones too.
    """

    spaces: Mapping[int, Space]
    space_ids: Keys
    every_id: Keys
    archived: Mapping[int, Any] = field(default_factory=dict)
    roles: Mapping[int, str] = field(default_factory=dict)
    kept: Mapping[int, int] = field(default_factory=dict)
    counted: Mapping[str, Any] = field(default_factory=dict)
    apart: Mapping[int, Space] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)  # what others found for this reader while it lasts

    def get(self, pk: int) -> Space | None:
        """A space that is seen, nameless or not."""
        return self.spaces.get(pk) or self.apart.get(pk)

    def reads(self, pk: int) -> bool:
        """Whether what stands in a space may be read."""
        return pk in self.spaces or pk in self.apart

    @cached_property
    def mine(self) -> Keys:
        """The open spaces the person is a member of, or has put among theirs, by name."""
        return Keys(pk for pk in self.open if pk in self.roles or pk in self.kept)

    @cached_property
    def open(self) -> list[int]:
        """Those in which things still happen."""
        return [pk for pk in self.spaces if pk not in self.archived]

    def told(self, keys: Iterable[int], *names: str) -> tuple[tuple[str, ...], ...]:
        """Slug, name and audience of some spaces, or what else is named, none of which is made for it."""
        names = names or ("slug", "name", "audience")
        if isinstance(self.spaces, Drawn):
            return self.spaces.columns(keys, *names)
        return tuple(tuple(getattr(self.spaces[key], name) for name in names) for key in keys)

    @property
    def stewarded(self) -> list[int]:
        """The spaces the person is a steward of."""
        return [pk for pk, role in self.roles.items() if role == Role.STEWARD]


def of(person: Any) -> Sight:
    """What `person` (a Person, an anonymous visitor, or OPERATOR) sees."""
    kept = getattr(person, _KEPT, None)
    if isinstance(kept, Sight):
        return kept
    sight = _of_operator() if person is OPERATOR else _of(standing(person), **who(person), briefly=kept == BRIEFLY)
    if kept is not None:
        setattr(person, _KEPT, sight)
    return sight


def _of_operator() -> Sight:
    every = {space.pk: space for space in Space.objects.named().order_by("name", "pk")}
    keys = Keys(every)
    return Sight(every, keys, keys, {pk: space.archived_at for pk, space in every.items() if space.archived_at})


def _of(side: str | None, person: int, organisation: int, *, briefly: bool = False) -> Sight:
    """One query: what is kept of them is looked through and counted in, or, where it no longer holds, all is found."""
    asker = {"person": person, "organisation": organisation}
    if rights := _rights.find((side, person, organisation)):
        keys = rights.every_id
        if briefly and _as_before()(mark=rights.mark, one=keys[0], **asker):
            counted_later: Any = SimpleLazyObject(lambda: _of(side, person, organisation).counted)
            return rights.with_counts(counted_later)
        for counted in _counted_in()(mark=rights.mark, one=keys[0], spaces=keys, **asker):
            return rights.with_counts(dict(zip(_counted, counted, strict=True)))
    seen = _seen_from(side).by_key(**asker)
    rights = Rights.found(seen)
    if rights.mark is not None:
        _rights.put((side, person, organisation), rights)
    first = next(iter(seen.values()), None)  # each of them says the same of the reader
    return rights.with_counts({name: getattr(first, name, None) for name in _counted})


def role_in(space: Space, person: Any) -> str | None:
    """The role of `person` in a space, None for who is no member."""
    return of(person).roles.get(space.pk)


def keeps(space: Space, person: Any) -> bool:
    """Whether `person` has a space among theirs without being a member."""
    return space.pk in of(person).kept


def forget(person: Any) -> None:
    """Asks afresh next time; called by whoever changes rights in the middle of a request."""
    if getattr(person, _KEPT, None) is not None:
        setattr(person, _KEPT, WHOLE)


@cache
def _seen_from(side: str | None) -> Prepared:
    """What one side sees, composed once."""
    person, organisation = Slot("person"), Slot("organisation")

    def compose() -> Any:
        readable = Space.objects.readable_from(side, person, organisation)
        keys = readable.order_by().values("pk")
        counted = _all_counted(person, lambda field: Q(**{f"{field}__in": keys}))
        seen = readable.as_known_to(person).annotate(**counted, **{_MARK: _Mark(person, organisation)})
        return seen.defer("created_at").order_by("name", "pk")

    return Prepared(compose, planned=ONCE)


@cache
def _as_before() -> Prepared:
    """Something where the mark is still the same, nothing where it is not."""

    def compose() -> Any:
        mark = _Mark(Slot("person"), Slot("organisation"))
        return Space.objects.filter(pk=Slot("one")).alias(mark=mark).filter(mark=Slot("mark")).values_list("pk")

    return Prepared(compose, planned=ONCE)


@cache
def _counted_in() -> Prepared:
    """What is counted in spaces found before, `one` of which is looked at; nothing where they have another mark now."""
    person, spaces = Slot("person"), Slot("spaces")

    def compose() -> Any:
        same = Space.objects.filter(pk=Slot("one")).alias(mark=_Mark(person, Slot("organisation")))
        counted = _all_counted(person, lambda field: Q(**{f"{field}__among": spaces}))
        return same.filter(mark=Slot("mark")).values_list(*counted.values())

    return Prepared(compose, planned=ONCE)


def _all_counted(person: Slot, within: Within) -> dict[str, Any]:
    return {name: expression(person, within) for name, expression in _counted.items()}


class KeepSight:
    """Middleware: the person of this request keeps their sight until it ends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = keeping(request.user, BRIEFLY if request.method == "POST" else WHOLE)
        return self.get_response(request)


def keeping(user: Any, found: str = WHOLE) -> Any:
    """That person, who keeps their sight from now on: for whoever reads once on their behalf. Found `BRIEFLY`, nothing
    is counted until somebody looks: hardly anything that changes something shows a count."""
    setattr(user, _KEPT, found)
    return user
