"""Where to draw an item's neighbours: two rings around it, the same at every visit.

A radial layout needs no iteration, is read at a glance and never moves: neighbours stand on the first ring,
theirs on the second, inside the sector of the one they are reached through. Pure: nodes are integers.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

RINGS = (0.0, 190.0, 340.0)  # in units of the drawing
FLATTENING = 0.72  # titles are wide: rings are ellipses


@dataclass(frozen=True)
class Place:
    """One node of the map: its ring (0 is the centre) and where it stands."""

    node: int
    ring: int
    x: float
    y: float

    @property
    def anchor(self) -> str:
        """On which side of the node its title goes."""
        return "middle" if abs(self.x) < 40 else ("start" if self.x > 0 else "end")


def rings(
    centre: int, edges: Iterable[tuple[int, int]], widest: int = 40, weights: Mapping[int, float] | None = None
) -> list[dict[int, int]]:
    """Nodes one and two steps away, each with the node it was reached through, at most `widest` in all.

    Where not all fit, the heaviest stay; each ring is in the order of numbers, so that weights move nobody.
    """
    weighed = weights or {}

    def heaviest(nodes: Iterable[int]) -> list[int]:
        return sorted(nodes, key=lambda node: (-weighed.get(node, 0.0), node))

    beside: dict[int, list[int]] = {}
    for a, b in edges:
        if a != b:
            beside.setdefault(a, []).append(b)
            beside.setdefault(b, []).append(a)
    nearest = heaviest(set(beside.get(centre, ())))[:widest]
    first = dict.fromkeys(sorted(nearest), centre)
    through: dict[int, int] = {}
    for node in first:
        for further in beside[node]:
            if further != centre and further not in first:
                through.setdefault(further, node)
    second = sorted(heaviest(through)[: widest - len(first)])
    return [first, {node: through[node] for node in second}]


def layout(
    centre: int, edges: Sequence[tuple[int, int]], widest: int = 40, weights: Mapping[int, float] | None = None
) -> list[Place]:
    """The centre, then both rings, clockwise from the top; every sector is as wide as what it holds."""
    first, second = rings(centre, edges, widest, weights)
    children = {node: [n for n, through in second.items() if through == node] for node in first}
    widths = {node: max(1, len(kept)) for node, kept in children.items()}
    total = sum(widths.values()) or 1
    places = [Place(centre, 0, 0.0, 0.0)]
    turned = 0.0
    for node in first:
        width = widths[node] / total
        places.append(_at(node, 1, turned + width / 2))
        for index, child in enumerate(children[node]):
            places.append(_at(child, 2, turned + width * (index + 0.5) / len(children[node])))
        turned += width
    return places


def _at(node: int, ring: int, turn: float) -> Place:
    angle = 2 * math.pi * turn - math.pi / 2
    return Place(
        node,
        ring,
        round(RINGS[ring] * math.cos(angle), 1),
        round(RINGS[ring] * FLATTENING * math.sin(angle), 1),
    )
