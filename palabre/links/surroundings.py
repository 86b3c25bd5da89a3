"""The neighbourhood of an item as one reader sees it: who stands where on its map, and the same as a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from palabre.items.models import Item
from palabre.links import neighbourhood
from palabre.links.drawing import Upright, Wide
from palabre.links.models import Link, Type
from palabre.links.neighbourhood import Sprig

WIDEST = 36
MOST_EDGES = 2000


@dataclass(frozen=True)
class Map:
    """Every item on it, the links between them, and who is reached through whom; `beside` is how many items are one
    step away, drawn or not."""

    centre: Item
    items: Mapping[int, Item]
    sprigs: Sequence[Sprig]
    links: Sequence[tuple[int, int, Type]]
    beside: int

    @property
    def first(self) -> list[Item]:
        return self._by_title(sprig.node for sprig in self.sprigs)

    @property
    def second(self) -> list[Item]:
        return self._by_title(node for sprig in self.sprigs for node in sprig.beyond)

    def _by_title(self, nodes: Iterable[int]) -> list[Item]:
        return sorted((self.items[node] for node in nodes), key=lambda item: item.title)

    @cached_property
    def wide(self) -> Wide:
        return Wide.of(self.centre, self.items, self.sprigs, self.links)

    @cached_property
    def upright(self) -> Upright:
        return Upright.of(self.centre, self.items, self.sprigs, self.links)

    def words_for(self, item: Item) -> list[Any]:
        """What joins an item to the centre, in the words of the centre."""
        said: list[Any] = []
        for source, target, type in self.links:
            if (source, target) == (self.centre.pk, item.pk):
                said.append(type.label)
            elif (source, target) == (item.pk, self.centre.pk):
                said.append(type.inverse)
        return list(dict.fromkeys(said))


def of(person: Any, item: Item) -> Map:
    """The map around `item`, in three queries; only links whose two ends `person` sees."""
    weights: dict[int, float] = {}
    near = _links(person, Q(source=item) | Q(target=item), weights)
    beside = {end for source, target, _type in near for end in (source, target)} - {item.pk}
    far = _links(person, Q(source__in=beside) | Q(target__in=beside), weights) if beside else []
    links = {(source, target, Type(type)): None for source, target, type in [*near, *far]}
    sprigs = neighbourhood.sprigs(item.pk, [(source, target) for source, target, _ in links], WIDEST, weights)
    drawn = [item.pk, *(node for sprig in sprigs for node in (sprig.node, *sprig.beyond))]
    items = Item.objects.only("title", "kind", "space_id", "state").in_bulk(drawn)
    kept = [
        Sprig(sprig.node, tuple(node for node in sprig.beyond if node in items))
        for sprig in sprigs
        if sprig.node in items
    ]
    shown = {item.pk, *(node for sprig in kept for node in (sprig.node, *sprig.beyond))}
    seen = [link for link in links if link[0] in shown and link[1] in shown]
    return Map(items[item.pk], items, kept, sorted(seen, key=lambda link: link[2] is not Type.TEXT), len(beside))


def _links(person: Any, joined: Q, weights: dict[int, float]) -> list[tuple[int, int, str]]:
    """Those between the items the house relies on most first; the authority of their ends is put into `weights`."""
    scores = [Coalesce(f"{end}__authority__score", 0.0) for end in ("source", "target")]
    rows = (
        Link.objects.visible_to(person)
        .filter(joined, target__isnull=False)
        .exclude(source=F("target"))
        .annotate(from_score=scores[0], to_score=scores[1], weight=scores[0] + scores[1])
        .order_by("-weight", "source", "target", "type")
        .values_list("source", "target", "type", "from_score", "to_score", "weight")
        .distinct()
    )
    found = []
    for source, target, type, from_score, to_score, _weight in rows[:MOST_EDGES]:
        weights |= {source: from_score, target: to_score}
        found.append((source, target, type))
    return found  # type: ignore[return-value]
