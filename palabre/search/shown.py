"""What is asked of the database once the index has answered, all of it in one statement: the rows of what was found,
what has changed since they were indexed, and what a page of results says beside them.

A room adds to it what it says of a search (`says`); it would be a query a room on a page that is asked for all day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.http import QueryDict

from palabre.items.models import Item, asking
from palabre.journal import following, verbs
from palabre.journal.following import Position
from palabre.kit.postgresql.keys import Keys
from palabre.kit.queries import ONCE, Slot
from palabre.kit.together import ROWS, Together
from palabre.people.models import OPERATOR
from palabre.search.engine import Position as Place
from palabre.search.retrieval import Found
from palabre.spaces import sight

SHOWN = ("id", "kind", "space_id", "title", "state", "published_at", "extras")  # as they stand on the model


@dataclass(frozen=True)
class Question:
    """Who asks, what was found for them, and the fields of the address they asked with."""

    person: Any
    found: Found
    data: QueryDict


@dataclass(frozen=True)
class _Saying:
    told: Callable[[], QuerySet[Any, Any]]
    values: Callable[[Question], Mapping[str, Any]]


@dataclass(frozen=True)
class Shown:
    """Rows by their keys; keys of what may have gone out of sight; and, by its name, what is said beside the rows."""

    items: Mapping[int, Item]
    moved: frozenset[int] = frozenset()
    beside: Mapping[str, Sequence[dict[str, Any]]] = field(default_factory=dict)


_sayings: dict[str, _Saying] = {}


def says(name: str, told: Callable[[], QuerySet[Any, Any]], values: Callable[[Question], Mapping[str, Any]]) -> None:
    """A room says something beside the results, under `name`: a queryset of `values()` with slots, and what goes into
    these when a reader asks. It shows nothing that the reader may not see."""
    _sayings[name] = _Saying(told, values)


def fetch(person: Any, wanted: Sequence[int], since: Place, question: Question | None = None) -> Shown:
    """The rows of `wanted` that `person` may see, what has moved since a position of the index and, for a page that is
    drawn, what rooms say of its `question`."""
    names = tuple(_sayings) if question is not None else ()
    values: dict[str, Any] = {"wanted": Keys(wanted), "xid": since[0], "id": since[1]}
    if person is not OPERATOR:
        values |= asking(person, apart=True)
    if question is not None:
        for saying in _sayings.values():
            values |= saying.values(question)
    rows, moved, *told = _asked(person is OPERATOR, names)(**values)
    seen = sight.of(person)
    items = {}
    for row in json.loads(rows or "[]"):
        row["published_at"] = datetime.fromisoformat(row["published_at"])
        item = Item.from_db(DEFAULT_DB_ALIAS, SHOWN, [row[name] for name in SHOWN])
        item.space = seen.get(item.space_id) or item.space
        items[item.pk] = item
    beside = {name: json.loads(some or "[]") for name, some in zip(names, told, strict=True)}
    return Shown(items, frozenset(moved), beside)


@cache
def _asked(everything: bool, names: tuple[str, ...]) -> Together:
    """A column for each part, the last of them for what is said under these names."""
    seen = Item.objects.visible_to(OPERATOR) if everything else Item.objects.visible_to_asker()
    moved = following.since(Position(Slot("xid"), Slot("id")))  # type: ignore[arg-type]
    moved = moved.filter(verb__in=verbs.names(changes_sight=True), item__isnull=False)
    return Together(
        [
            (ROWS, seen.filter(pk__among=Slot("wanted")).order_by().values(*SHOWN)),
            ("coalesce(array_agg(DISTINCT told.item), '{}')", moved.order_by().values("item")),
            *((ROWS, _sayings[name].told()) for name in names),
        ],
        planned=ONCE,
    )
