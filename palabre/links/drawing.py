"""The map of a neighbourhood as it is drawn: titles in lines, branches as curves, one drawing for each width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap
from typing import Any

from palabre.items.models import Item
from palabre.links import neighbourhood
from palabre.links.models import Type
from palabre.links.neighbourhood import Place, Sprig

Links = Sequence[tuple[int, int, Type]]

WIDE, NARROW, CENTRE = 22, 18, 20  # letters of a line: beside the wide ring, beside the narrow one, in the centre
MOST_LINES = {WIDE: 4, NARROW: 3, CENTRE: 4}
LETTER, FIRST = 7.2, 7.8  # about as wide as one is, and one of the centre
BESIDE = 13.0  # between a node and its title
LEAST, HALF = 520.0, 180.0  # of the width of a wide drawing at least, and of a narrow one
ABOVE = 36.0  # and below what is drawn


@dataclass(frozen=True)
class Node:
    """An item on the map, and the lines of its title."""

    item: Item
    place: Place
    said: Sequence[str]

    @property
    def lines(self) -> list[tuple[float, str]]:
        """Each line with how far above or below its node it stands."""
        middle = (len(self.said) - 1) / 2
        return [((index - middle) * neighbourhood.LINE, line) for index, line in enumerate(self.said)]

    @property
    def end(self) -> float:
        """About where its title ends."""
        return self.place.x + self.place.side * (BESIDE + max(map(len, self.said), default=0) * LETTER)


@dataclass(frozen=True)
class Edge:
    """A branch between two nodes, and the way it takes; `words` name what is more than a citation."""

    start: Node
    end: Node
    type: Type
    path: str

    @property
    def words(self) -> Any:
        return "" if self.type is Type.TEXT else self.type.label


@dataclass(frozen=True)
class Pill:
    """Around the title of the centre."""

    width: float
    height: float

    @property
    def x(self) -> float:
        return -self.width / 2

    @property
    def y(self) -> float:
        return -self.height / 2


@dataclass(frozen=True)
class Drawing:
    """What both have: every node, the centre first, and what joins them."""

    centre: Node
    nodes: Sequence[Node]
    edges: Sequence[Edge]

    @property
    def heights(self) -> tuple[float, float]:
        """Of the box: where it begins and how tall it is."""
        ends = [(node.place.y, len(node.said) * neighbourhood.LINE / 2) for node in self.nodes]
        top, bottom = min(y - half for y, half in ends) - ABOVE, max(y + half for y, half in ends) + ABOVE
        return top, bottom - top


@dataclass(frozen=True)
class Wide(Drawing):
    """Both rings with their titles; the centre is a pill that holds its own.

    What is two steps away is drawn beyond the neighbour it is reached through, whatever else its links are.
    """

    @classmethod
    def of(cls, centre: Item, items: Mapping[int, Item], sprigs: Sequence[Sprig], links: Links) -> Wide:
        said = {pk: _lines(item.title, WIDE) for pk, item in items.items()} | {centre.pk: _lines(centre.title, CENTRE)}
        places = neighbourhood.spread(centre.pk, sprigs, {pk: len(lines) for pk, lines in said.items()})
        nodes = {place.node: Node(items[place.node], place, said[place.node]) for place in places}
        through = {node: sprig.node for sprig in sprigs for node in sprig.beyond}
        edges = [
            Edge(nodes[source], nodes[target], type, _path(nodes[source], nodes[target]))
            for source, target, type in links
            if all(nodes[a].place.ring < 2 or through[a] == b for a, b in ((source, target), (target, source)))
        ]
        return cls(nodes[centre.pk], list(nodes.values()), edges)

    @cached_property
    def pill(self) -> Pill:
        longest = max(map(len, self.centre.said), default=0)
        return Pill(longest * FIRST + 36, len(self.centre.said) * neighbourhood.LINE + 28)

    @property
    def box(self) -> str:
        """The `viewBox`, with room for titles."""
        half = max(LEAST, *(abs(node.end) + BESIDE for node in self.nodes))
        top, height = self.heights
        return f"{-half:g} {top:g} {2 * half:g} {height:g}"


@dataclass(frozen=True)
class Upright(Drawing):
    """The map for a narrow screen: each title of the first ring, and twigs to what hangs from it."""

    twigs: Sequence[str]

    @classmethod
    def of(cls, centre: Item, items: Mapping[int, Item], sprigs: Sequence[Sprig], links: Links) -> Upright:
        said = {sprig.node: _lines(items[sprig.node].title, NARROW) for sprig in sprigs}
        places = neighbourhood.upright(centre.pk, sprigs, {pk: len(lines) for pk, lines in said.items()})
        nodes = {place.node: Node(items[place.node], place, said.get(place.node, ())) for place in places}
        edges = [
            Edge(nodes[source], nodes[target], type, _line(nodes[source].place, nodes[target].place))
            for source, target, type in links
            if nodes[source].place.ring < 2 and nodes[target].place.ring < 2
        ]
        twigs = [
            "L".join(f"{nodes[node].place.x:g} {nodes[node].place.y:g}" for node in (sprig.node, *sprig.beyond))
            for sprig in sprigs
            if sprig.beyond
        ]
        return cls(nodes[centre.pk], list(nodes.values()), edges, [f"M{twig}" for twig in twigs])

    @property
    def box(self) -> str:
        top, height = self.heights
        return f"{-HALF:g} {top:g} {2 * HALF:g} {height:g}"


def _lines(title: str, letters: int) -> list[str]:
    """As few as it takes, none much shorter than the others, no word broken for that; cut where they are too many."""
    lines = wrap(title, letters)
    if len(lines) > MOST_LINES[letters]:
        return wrap(title, letters, max_lines=MOST_LINES[letters], placeholder=" …")
    least = max(1, len(title) // max(1, len(lines)))
    alike = (wrap(title, room, break_long_words=False) for room in range(least, letters))
    return next((each for each in alike if len(each) == len(lines) and max(map(len, each)) <= letters), lines)


def _path(start: Node, end: Node) -> str:
    """From the inner to the outer one, around all titles; between neighbours on the inner side of their ring."""
    inner, outer = sorted((start, end), key=lambda node: (node.place.ring, node.place.node))
    a, b = inner.place, outer.place
    if a.ring == 0:
        return f"M0 0C0 {b.y * 0.7:g} {b.x / 2:g} {b.y:g} {b.x:g} {b.y:g}"
    if b.ring == 1:
        return f"M{a.x:g} {a.y:g}C{a.x / 2:g} {a.y:g} {b.x / 2:g} {b.y:g} {b.x:g} {b.y:g}"
    begin = inner.end + a.side * 6
    bend = (begin + b.x) / 2
    return f"M{begin:g} {a.y:g}C{bend:g} {a.y:g} {bend:g} {b.y:g} {b.x:g} {b.y:g}"


def _line(a: Place, b: Place) -> str:
    return f"M{a.x:g} {a.y:g}L{b.x:g} {b.y:g}"
