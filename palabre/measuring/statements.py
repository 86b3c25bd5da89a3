"""What statements tell of groups of opinion: what is typical, what unites, what divides, what to ask next.

The sums are those of pol.is: counts with a grain of prior, so that few votes say little.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any  # of numpy
SURE = 1.2816  # 90 %, one side
SHOWN = 5


@dataclass(frozen=True)
class Votes:
    """How some people voted on one statement; `seen` counts those who passed, too."""

    agree: int
    disagree: int
    seen: int

    @property
    def agreeing(self) -> float:
        return (self.agree + 1) / (self.seen + 2)

    @property
    def disagreeing(self) -> float:
        return (self.disagree + 1) / (self.seen + 2)


@dataclass(frozen=True)
class Typical:
    """A statement with which a group agrees (or disagrees) more than all others."""

    statement: int
    agrees: bool
    inside: Votes
    outside: Votes
    weight: float


@dataclass(frozen=True)
class Standing:
    """A statement before all groups: `together` is how surely every group agrees, or every group disagrees; `apart` how
    far the group that agrees most is from the one that agrees least."""

    statement: int
    agrees: bool
    together: float
    apart: float
    votes: tuple[Votes, ...]


def counted(votes: Array) -> list[Votes]:
    """Of each statement, the votes in a table of people by statements."""
    agree, disagree = (votes == 1).sum(axis=0), (votes == -1).sum(axis=0)
    seen = (~np.isnan(votes)).sum(axis=0)
    return [Votes(int(a), int(d), int(s)) for a, d, s in zip(agree, disagree, seen, strict=True)]


def typical(inside: Sequence[Votes], outside: Sequence[Votes], number: int = SHOWN) -> list[Typical]:
    """What is typical of those inside, agreements first; at least one, even if nothing is sure."""
    told = [_typical(place, one, other) for place, (one, other) in enumerate(zip(inside, outside, strict=True))]
    sure = [each for each, is_sure in told if is_sure]
    chosen = (
        sorted(sure, key=lambda each: -each.weight)[:number]
        or sorted((each for each, _ in told if each.inside.seen), key=lambda each: -each.weight)[:1]
    )
    return sorted(chosen, key=lambda each: (not each.agrees, -each.weight))


def _typical(statement: int, inside: Votes, outside: Votes) -> tuple[Typical, bool]:
    sides = []
    for agrees in (True, False):
        some, other = (inside.agree, outside.agree) if agrees else (inside.disagree, outside.disagree)
        share = (some + 1) / (inside.seen + 2)
        ratio = share / ((other + 1) / (outside.seen + 2))
        own, apart = _above_half(some, inside.seen), _above(some, inside.seen, other, outside.seen)
        weight = ratio * max(apart, 0) * share * max(own, 0)
        sides.append((apart, Typical(statement, agrees, inside, outside, weight), own > SURE and apart > SURE))
    _apart, told, sure = max(sides, key=lambda each: each[0])
    return told, sure


def _above_half(some: int, seen: int) -> float:
    return 2 * math.sqrt(seen + 1) * ((some + 1) / (seen + 1) - 0.5)


def _above(some: int, seen: int, other: int, others: int) -> float:
    some, seen, other, others = some + 1, seen + 1, other + 1, others + 1
    pooled = (some + other) / (seen + others)
    if not 0 < pooled < 1:
        return 0.0
    return (some / seen - other / others) / math.sqrt(pooled * (1 - pooled) * (1 / seen + 1 / others))


def standings(groups: Sequence[Sequence[Votes]]) -> list[Standing]:
    """Each statement before all groups, given by their votes on each."""
    return [_standing(place, tuple(votes)) for place, votes in enumerate(zip(*groups, strict=True))]


def _standing(statement: int, votes: tuple[Votes, ...]) -> Standing:
    for_all, against_all = math.prod(v.agreeing for v in votes), math.prod(v.disagreeing for v in votes)
    shares = [each.agreeing for each in votes]
    return Standing(statement, for_all >= against_all, max(for_all, against_all), max(shares) - min(shares), votes)


def uniting(told: Iterable[Standing], number: int = SHOWN) -> list[Standing]:
    """On what most of every group says the same, and not by chance."""

    def alike(each: Standing) -> bool:
        return all(_above_half(v.agree if each.agrees else v.disagree, v.seen) > SURE for v in each.votes)

    return sorted((each for each in told if alike(each)), key=lambda each: -each.together)[:number]


def dividing(told: Iterable[Standing], number: int = SHOWN) -> list[Standing]:
    """Where one group mostly agrees and another mostly disagrees, the furthest apart first."""

    def split(each: Standing) -> bool:
        return any(v.agreeing > 0.5 for v in each.votes) and any(v.disagreeing > 0.5 for v in each.votes)

    return sorted((each for each in told if split(each)), key=lambda each: -each.apart)[:number]


def priority(votes: Votes, extremity: float) -> float:
    """How much it helps to ask about it next: what few have seen, many agree with, and tells people apart."""
    passing = (votes.seen - votes.agree - votes.disagree + 1) / (votes.seen + 2)
    novelty = 1 + 8 * 2 ** (-votes.seen / 5)
    return float(((1 - passing) * (extremity + 1) * votes.agreeing * novelty) ** 2)
