"""The neighbourhood of an item as one reader sees it: who stands where on its map, and the same as a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from textwrap import wrap
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from palabre.items.models import Item
from palabre.links import neighbourhood
from palabre.links.models import Link, Type

WIDEST = 36
MOST_EDGES = 2000
LONGEST_TITLE = 26
NARROW, LINES = 18, 3  # letters of a line beside the upright ring, and how many lines
HALF = 180  # of the width of a narrow screen, in units of the drawing


@dataclass(frozen=True)
class Node:
    """An item on the map."""

    item: Item
    place: neighbourhood.Place

    @property
    def title(self) -> str:
        title = self.item.title
        return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"

    @property
    def lines(self) -> list[tuple[float, str]]:
        """Its title on a narrow screen: each line with how far above or below its node it stands."""
        said = wrap(self.item.title, NARROW, max_lines=LINES, placeholder=" …")
        return [((index - (len(said) - 1) / 2) * neighbourhood.LINE, line) for index, line in enumerate(said)]


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
        across = max(abs(node.place.x) for node in self.nodes) + 190
        heights = [node.place.y for node in self.nodes]
        top, bottom = min(heights) - 50, max(heights) + 50
        return f"{-across:g} {top:g} {2 * across:g} {bottom - top:g}"

    def ring(self, number: int) -> list[Node]:
        return sorted((node for node in self.nodes if node.place.ring == number), key=lambda node: node.item.title)

    @property
    def first(self) -> list[Node]:
        return self.ring(1)

    @property
    def second(self) -> list[Node]:
        return self.ring(2)

    @cached_property
    def upright(self) -> Upright:
        return Upright.of(self)

    def words_for(self, node: Node) -> list[Any]:
        """What joins a node to the centre, in the words of the centre."""
        said: list[Any] = []
        for edge in self.edges:
            if (edge.start, edge.end) == (self.centre, node):
                said.append(edge.type.label)
            elif (edge.start, edge.end) == (node, self.centre):
                said.append(edge.type.inverse)
        return list(dict.fromkeys(said))


@dataclass(frozen=True)
class Upright:
    """The map for a narrow screen: each line of the first ring, and twigs to what hangs from it."""

    nodes: list[Node]
    edges: list[Edge]
    twigs: list[str]

    @classmethod
    def of(cls, map: Map) -> Upright:
        """The second ring is drawn as what hangs below the first, whatever else its links are."""
        items = {node.place.node: node.item for node in map.nodes}
        lines = {node.place.node: len(node.lines) for node in map.first}
        places = neighbourhood.upright([node.place for node in map.nodes], lines)
        nodes = {place.node: Node(items[place.node], place) for place in places}
        edges = [
            replace(edge, start=nodes[edge.start.place.node], end=nodes[edge.end.place.node])
            for edge in map.edges
            if edge.start.place.ring < 2 and edge.end.place.ring < 2
        ]
        twigs: list[str] = []
        for place in places[1:]:
            if place.ring == 1:
                twigs.append(f"M{place.x:g} {place.y:g}")
            else:
                twigs[-1] += f"L{place.x:g} {place.y:g}"
        return cls(list(nodes.values()), edges, [twig for twig in twigs if "L" in twig])

    @property
    def box(self) -> str:
        heights = [node.place.y for node in self.nodes]
        top, bottom = min(heights) - 36, max(heights) + 36
        return f"{-HALF} {top:g} {2 * HALF} {bottom - top:g}"


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
