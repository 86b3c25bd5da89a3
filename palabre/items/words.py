"""More words of an item: what powers know that search should find (comments, texts of files, tags)."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from palabre.kit.postgresql.keys import Keys
from palabre.kit.queries import EITHER, Slot
from palabre.kit.together import ROWS, Together

Said = Callable[[dict[str, Any]], Sequence[str]]


@dataclass(frozen=True)
class Source:
    """What a power has to find of items: `told` of the slot of their keys is a queryset of `values()`, of which `item`
    is one; `said` are the pieces that stand in one of its rows. What is not `quoted` are names: found by, never shown
    as a passage."""

    told: Callable[[Slot], QuerySet[Any, Any]]
    said: Said
    quoted: bool = True


_sources: dict[str, Source] = {}


def more_words(
    field: str, told: Callable[[Slot], QuerySet[Any, Any]], *, quoted: bool = True
) -> Callable[[Said], Said]:
    """`@more_words("comments", told)` on the function that says what stands in a row."""

    def register(said: Said) -> Said:
        _sources[field] = Source(told, said, quoted)
        _all_told.cache_clear()
        return said

    return register


def of(items: Sequence[int]) -> dict[str, dict[int, str]]:
    """For each field that a room offers, the words of each of these items that has some: one query."""
    told = zip(_sources.items(), _all_told()(items=Keys(items)), strict=True)
    return {field: _by_item(source.said, json.loads(rows) if rows else ()) for (field, source), rows in told}


def is_quoted(field: str) -> bool:
    """Whether its words may be shown as a passage."""
    return _sources[field].quoted


def _by_item(said: Said, rows: Sequence[dict[str, Any]]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row["item"]] += said(row)
    return {item: "\n\n".join(filter(None, pieces)) for item, pieces in found.items()}


@cache
def _all_told() -> Together:
    return Together([(ROWS, source.told(Slot("items"))) for source in _sources.values()], planned=EITHER)
