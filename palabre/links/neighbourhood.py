"""Where to draw an item's neighbours: two rings around it, the same at every visit.

A radial layout needs no iteration, is read at a glance and never moves: neighbours stand on the first ring,
theirs on the second, inside the sector of the one they are reached through. On a narrow screen the first ring stands
upright, so that every title has a line of its own beside it, and the second hangs below as beads on a twig.
Pure: nodes are integers.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

RINGS = (0.0, 190.0, 340.0)  # in units of the drawing
FLATTENING = 0.72  # titles are wide: rings are ellipses
UPRIGHT = 40.0  # how far the upright ring reaches to each side
LINE, GAP = 16.0, 20.0  # of a title, and between two neighbours
BEAD, ON_A_TWIG = 12.0, 9


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


def upright(places: Sequence[Place], lines: Mapping[int, int]) -> list[Place]:
    """The same neighbours for a narrow screen, still clockwise from the top; `lines` is how many each title takes.

    The second ring comes after the neighbour it hangs from, as `layout` has it.
    """
    centre, *rest = places
    sprigs: list[list[Place]] = []
    for place in rest:
        sprigs.append([place]) if place.ring == 1 else sprigs[-1].append(place)
    heights = [_height(lines.get(sprig[0].node, 1), len(sprig) - 1) for sprig in sprigs]
    total, gone, turn = sum(heights), 0.0, len(sprigs)
    for index, height in enumerate(heights):
        if gone + height / 2 > total / 2:
            turn = index
            break
        gone += height
    right, left = range(turn), range(len(sprigs) - 1, turn - 1, -1)
    tallest = max((sum(heights[index] for index in side) for side in (right, left)), default=0.0)
    stood: dict[int, list[Place]] = {}
    for side, sign in ((right, 1), (left, -1)):
        top = -sum(heights[index] for index in side) / 2
        for index in side:
            title = lines.get(sprigs[index][0].node, 1) * LINE
            stood[index] = _sprig(sprigs[index], sign, top + title / 2, title, tallest / 2 + GAP)
            top += heights[index]
    return [centre, *(place for index in range(len(sprigs)) for place in stood[index])]


def _height(lines: int, beads: int) -> float:
    return lines * LINE + GAP + math.ceil(beads / ON_A_TWIG) * BEAD


def _sprig(sprig: Sequence[Place], sign: int, y: float, title: float, reach: float) -> list[Place]:
    """A neighbour on the upright ring, its title around its height, and its beads below the title."""
    first, *beads = sprig
    x = sign * UPRIGHT * math.sqrt(max(0.0, 1 - (y / reach) ** 2))
    below = y + title / 2 + BEAD / 2
    hung = []
    for index, bead in enumerate(beads):
        row, step = divmod(index, ON_A_TWIG)
        hung.append(replace(bead, x=round(x + sign * BEAD * (1.4 + step), 1), y=round(below + row * BEAD, 1)))
    return [replace(first, x=round(x, 1), y=round(y, 1)), *hung]


def _at(node: int, ring: int, turn: float) -> Place:
    angle = 2 * math.pi * turn - math.pi / 2
    return Place(
        node,
        ring,
        round(RINGS[ring] * math.cos(angle), 1),
        round(RINGS[ring] * FLATTENING * math.sin(angle), 1),
    )
