"""How much the house relies on an item: PageRank over its links.

The score of an item may only be made of what all its readers could look up themselves. A link therefore
counts only if everyone who may see its target may see its source: otherwise the order of results would tell a
customer that a private space talks of a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DAMPING = 0.85
TOLERANCE = 1e-9
ROUNDS = 100


@dataclass(frozen=True)
class Belonging:
    """Where a person stands: `side` is company, partner or customer."""

    side: str
    organisation: int | None = None


@dataclass(frozen=True)
class Circle:
    """Who may see what a space holds: whole groups of people, and members by name."""

    public: bool = False
    house: bool = False
    customers: bool = False
    organisations: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()

    def has(self, person: int, belonging: Belonging | None) -> bool:
        """Whether this person stands in the circle."""
        if self.public or person in self.members:
            return True
        if belonging is None:
            return False
        if belonging.side == "company":
            return self.house
        if belonging.side == "customer":
            return self.customers
        return belonging.organisation in self.organisations

    def holds(self, other: "Circle", belongings: Mapping[int, Belonging]) -> bool:
        """Whether everyone in `other` is in this circle too."""
        if self.public:
            return True
        return (
            not other.public
            and (self.house or not other.house)
            and (self.customers or not other.customers)
            and other.organisations <= self.organisations
            and all(self.has(person, belongings.get(person)) for person in other.members)
        )


def containment(circles: Mapping[int, Circle], belongings: Mapping[int, Belonging]) -> set[tuple[int, int]]:
    """Pairs (space of the source, space of the target) between which a link counts."""
    return {
        (source, target)
        for source, wide in circles.items()
        for target, narrow in circles.items()
        if source == target or wide.holds(narrow, belongings)
    }


def pagerank(count: int, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Scores of nodes 0…count-1, adding up to `count` (an item nobody cites stays below 1).

    Power iteration of L. Page et al., "The PageRank Citation Ranking", 1999; a node without links gives its
    weight to all, repeated links and links to oneself count for nothing more.
    """
    if not count:
        return np.zeros(0)
    edges = np.unique(np.stack([sources, targets], axis=1), axis=0) if len(sources) else np.zeros((0, 2), int)
    edges = edges[edges[:, 0] != edges[:, 1]]
    sources, targets = edges[:, 0], edges[:, 1]
    out = np.bincount(sources, minlength=count)
    share = 1.0 / np.maximum(out, 1)
    sinks = out == 0
    scores = np.full(count, 1.0 / count)
    for _ in range(ROUNDS):
        given = np.bincount(targets, weights=(scores * share)[sources], minlength=count)
        following = (1 - DAMPING) / count + DAMPING * (given + scores[sinks].sum() / count)
        moved = np.abs(following - scores).sum()
        scores = following
        if moved < TOLERANCE:
            break
    return scores * count
