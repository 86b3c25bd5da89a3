"""The order in which reviewed ideas stand, with how far it can be told: those of a campaign, or of the open box.

No idea is ranked for whoever has still to review it: the others' opinion of it is told afterwards.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef

from palabre.ideas.criteria import Criterion, score
from palabre.ideas.models import Review
from palabre.items.models import Item, ItemQuerySet
from palabre.measuring import judges
from palabre.measuring.judges import Place

MOST = 300  # ideas that are ranked
WIDTH = 100  # of the drawing of an interval


@dataclass(frozen=True)
class Ranked:
    """An idea and its place."""

    item: Item
    place: Place

    @property
    def start(self) -> float:
        return _across(self.place.interval.low)

    @property
    def end(self) -> float:
        return _across(self.place.interval.high)

    @property
    def middle(self) -> float:
        return _across(self.place.mean)


@dataclass(frozen=True)
class Ranking:
    """Those that can be told, the best first, and how many cannot yet: a review of theirs is `owed` by the reader."""

    rows: list[Ranked]
    owed: int

    @property
    def is_loose(self) -> bool:
        """Whether any two cannot be told apart."""
        return any(row.place.is_tied for row in self.rows)

    @property
    def is_blind(self) -> bool:
        """Whether nothing is known of the spread: each has one reviewer."""
        return bool(self.rows) and all(row.place.number == 1 for row in self.rows)


def of(items: ItemQuerySet, reader: Any, by: Sequence[Criterion]) -> Ranking:
    """Of these ideas, which the reader sees, by the reviews that were given on these criteria: one that came from
    elsewhere has others too."""
    keys = [each.key for each in by]
    owed = Review.objects.waiting().filter(idea=OuterRef("pk"), person=reader.pk)
    found = (
        items.filter(idea__reviews__given_at__isnull=False, idea__reviews__marks__has_keys=keys)
        .annotate(marks=ArrayAgg("idea__reviews__marks"), owed=Exists(owed))
        .only("pk", "kind", "title", "language", "space")
        .order_by("pk")
    )
    items_by_key: dict[Hashable, Item] = {item.pk: item for item in found[:MOST]}
    told = {
        key: [score(marks, keys) for marks in item.marks]  # type: ignore[attr-defined]
        for key, item in items_by_key.items()
        if not item.owed  # type: ignore[attr-defined]
    }
    return Ranking(
        [Ranked(items_by_key[place.key], place) for place in judges.ranked(told)],
        len(items_by_key) - len(told),
    )


def _across(score: float) -> float:
    return round((score - 1) / 4 * WIDTH, 1)
