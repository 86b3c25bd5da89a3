"""The neighbourhood of an item as one reader sees it: who stands where on its map, and the same as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from palabre.items.models import Item
from palabre.links import neighbourhood
from palabre.links.models import Link, Type

WIDEST = 36
MOST_EDGES = 2000
LONGEST_TITLE = 26


@dataclass(frozen=True)
class Node:
    """An item on the map."""

    item: Item
    place: neighbourhood.Place

    @property
    def title(self) -> str:
        title = self.item.title
        return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"


@dataclass(frozen=True)
class Edge:
    """A line between two nodes; `words` name what is more than a citation."""

    start: Node
    end: Node
    type: Type

    @property
    def words(self) -> Any:
        return "" if self.type is Type.TEXT else self.type.label


@dataclass(frozen=True)
class Map:
    """Everything on it, and its box; `beside` is how many items are one step away, drawn or not."""

    centre: Node
    nodes: list[Node]
    edges: list[Edge]
    beside: int

    @property
    def box(self) -> str:
        """The `viewBox`, with room for titles."""
        across = max((abs(node.place.x) for node in self.nodes), default=0) + 190
        down = max((abs(node.place.y) for node in self.nodes), default=0) + 50
        return f"{-across:g} {-down:g} {2 * across:g} {2 * down:g}"

    def ring(self, number: int) -> list[Node]:
        return sorted((node for node in self.nodes if node.place.ring == number), key=lambda node: node.item.title)

    @property
    def first(self) -> list[Node]:
        return self.ring(1)

    @property
    def second(self) -> list[Node]:
        return self.ring(2)

    def words_for(self, node: Node) -> list[Any]:
        """What joins a node to the centre, in the words of the centre."""
        said: list[Any] = []
        for edge in self.edges:
            if (edge.start, edge.end) == (self.centre, node):
                said.append(edge.type.label)
            elif (edge.start, edge.end) == (node, self.centre):
                said.append(edge.type.inverse)
        return list(dict.fromkeys(said))


def of(person: Any, item: Item) -> Map:
    """The map around `item`, in three queries; only links whose two ends `person` sees."""
    weights: dict[int, float] = {}
    near = _links(person, Q(source=item) | Q(target=item), weights)
    beside = {end for source, target, _type in near for end in (source, target)} - {item.pk}
    far = _links(person, Q(source__in=beside) | Q(target__in=beside), weights) if beside else []
    links = [*near, *far]
    ends = [(source, target) for source, target, _type in links]
    places = neighbourhood.layout(item.pk, ends, WIDEST, weights)
    items = Item.objects.only("title", "kind", "space_id", "state").in_bulk([place.node for place in places])
    nodes = {place.node: Node(items[place.node], place) for place in places if place.node in items}
    edges = {
        (source, target, type): Edge(nodes[source], nodes[target], Type(type))
        for source, target, type in links
        if source in nodes and target in nodes
    }
    return Map(nodes[item.pk], list(nodes.values()), list(edges.values()), len(beside))


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
