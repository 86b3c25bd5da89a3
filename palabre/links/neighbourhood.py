"""Where to draw an item's neighbours: as branches to both sides of it, the same at every visit.

Such a tree needs no iteration, is read at a glance and never moves: neighbours stand on a ring around the item,
clockwise from the top, and theirs beyond the one they are reached through. Every title has lines of its own. Where
the screen is wide, what is two steps away has its title too; where it is narrow, it hangs as beads on a twig.
Pure: nodes are integers.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LINE, GAP = 17.0, 20.0  # of a title, and between two neighbours, in units of the drawing
NEAR, FAR = (145.0, 190.0), 216.0  # how far the wide ring reaches to each side, and from there to what is beyond
BETWEEN = 8.0  # two titles beyond the same neighbour
UPRIGHT = 40.0  # how far the narrow ring reaches to each side
BEAD, ON_A_TWIG = 12.0, 9


@dataclass(frozen=True)
class Sprig:
    """A neighbour, and the nodes that are reached through it."""

    node: int
    beyond: tuple[int, ...] = ()


@dataclass(frozen=True)
class Place:
    """One node of the map: its ring (0 is the centre) and where it stands."""

    node: int
    ring: int
    x: float
    y: float

    @property
    def side(self) -> int:
        """1 on the right, -1 on the left."""
        return -1 if self.x < 0 else 1


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


def sprigs(
    centre: int, edges: Sequence[tuple[int, int]], widest: int = 40, weights: Mapping[int, float] | None = None
) -> list[Sprig]:
    """The neighbours that fit, clockwise from the top."""
    first, second = rings(centre, edges, widest, weights)
    return [Sprig(node, tuple(n for n, through in second.items() if through == node)) for node in first]


def spread(centre: int, sprigs: Sequence[Sprig], lines: Mapping[int, int]) -> list[Place]:
    """The centre and both rings for a wide screen; `lines` is how many each title takes."""
    beyond = [sum(lines.get(node, 1) * LINE + BETWEEN for node in sprig.beyond) - BETWEEN for sprig in sprigs]
    heights = [max(lines.get(sprig.node, 1) * LINE, under) + GAP for sprig, under in zip(sprigs, beyond, strict=True)]
    places = [Place(centre, 0, 0.0, 0.0)]
    stations = _stations(heights)
    reach = max((abs(top) for _, top in stations), default=0.0) + GAP
    for sprig, height, under, (side, top) in zip(sprigs, heights, beyond, stations, strict=True):
        y = top + height / 2
        x = NEAR[0] + (NEAR[1] - NEAR[0]) * _bulge(y, reach)
        places.append(_place(sprig.node, 1, side * x, y))
        down = y - under / 2
        for node in sprig.beyond:
            tall = lines.get(node, 1) * LINE
            places.append(_place(node, 2, side * (x + FAR), down + tall / 2))
            down += tall + BETWEEN
    return places


def upright(centre: int, sprigs: Sequence[Sprig], lines: Mapping[int, int]) -> list[Place]:
    """The same for a narrow screen, where what is beyond hangs below its neighbour's title."""
    titles = [lines.get(sprig.node, 1) * LINE for sprig in sprigs]
    heights = [
        title + GAP + math.ceil(len(sprig.beyond) / ON_A_TWIG) * BEAD
        for sprig, title in zip(sprigs, titles, strict=True)
    ]
    places = [Place(centre, 0, 0.0, 0.0)]
    stations = _stations(heights)
    reach = max((abs(top) for _, top in stations), default=0.0) + GAP
    for sprig, title, (side, top) in zip(sprigs, titles, stations, strict=True):
        y = top + title / 2
        x = UPRIGHT * _bulge(y, reach)
        places.append(_place(sprig.node, 1, side * x, y))
        for index, node in enumerate(sprig.beyond):
            row, step = divmod(index, ON_A_TWIG)
            places.append(_place(node, 2, side * (x + BEAD * (1.4 + step)), top + title + BEAD / 2 + row * BEAD))
    return places


def _stations(heights: Sequence[float]) -> list[tuple[int, float]]:
    """For each sprig its side and where its room begins: down the right, up the left, both about as tall."""
    total, gone, turn = sum(heights), 0.0, len(heights)
    for index, height in enumerate(heights):
        if gone + height / 2 > total / 2:
            turn = index
            break
        gone += height
    stations: dict[int, tuple[int, float]] = {}
    for side, row in ((1, range(turn)), (-1, range(len(heights) - 1, turn - 1, -1))):
        top = -sum(heights[index] for index in row) / 2
        for index in row:
            stations[index] = (side, top)
            top += heights[index]
    return [stations[index] for index in range(len(heights))]


def _bulge(y: float, reach: float) -> float:
    """How far out of 1 a ring of that reach stands at this height."""
    return math.sqrt(max(0.0, 1 - (y / reach) ** 2))


def _place(node: int, ring: int, x: float, y: float) -> Place:
    return Place(node, ring, round(x, 1), round(y, 1))
