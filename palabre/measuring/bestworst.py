"""Best-worst scaling, case 1 (Finn and Louviere 1992; Marley and Louviere, J. Math. Psych. 2005).

From small sets of items everybody names the best and the worst. Sets come from one set turned round and round, so that
each item is shown equally often and in each place once. Scores are counted, and fitted as a choice model.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from palabre.measuring.intervals import Interval, Z

LEAST, MOST = 4, 16
STEPS, CLOSE = 60, 1e-9


@dataclass(frozen=True)
class Design:
    """`sets` of places of items; `shown`: how often each is; `together`: how often two are, at least and at most, which
    is the same in a balanced incomplete block design.
    """

    sets: tuple[tuple[int, ...], ...]
    shown: int
    together: tuple[int, int]


def design(items: int) -> Design:
    """The most even cyclic design for that many items: sets of three below six, of four up to eleven, then of five."""
    if not LEAST <= items <= MOST:
        raise ValueError(f"between {LEAST} and {MOST} items, not {items}")
    size = 3 if items < 6 else 4 if items < 12 else 5
    first = min(((0, *rest) for rest in combinations(range(1, items), size - 1)), key=lambda each: _spread(each, items))
    sets = tuple(tuple((place + turn) % items for place in first) for turn in range(items))
    meetings = Counter(frozenset(pair) for each in sets for pair in combinations(each, 2))
    counts = [meetings[frozenset(pair)] for pair in combinations(range(items), 2)]
    return Design(sets, size, (min(counts), max(counts)))


def _spread(block: Sequence[int], items: int) -> tuple[int, tuple[int, ...]]:
    apart = Counter((one - other) % items for one in block for other in block if one != other)
    return sum(apart[gap] ** 2 for gap in range(1, items)), tuple(block)


@dataclass(frozen=True)
class Choice:
    """One answer: of these items, the best and the worst."""

    items: tuple[Hashable, ...]
    best: Hashable
    worst: Hashable


@dataclass(frozen=True)
class Utility:
    """How much an item is worth beside the middle one, on the scale of the logit, and its interval."""

    value: float
    error: float

    @property
    def interval(self) -> Interval:
        return Interval(self.value - Z * self.error, self.value + Z * self.error)


@dataclass(frozen=True)
class Worth:
    """`score`: best less worst, by how often it was shown, from -1 to 1. `closed`: the utility that follows from the
    counts alone. `fitted`: that of the choice model. `preference`: how often it would be chosen among all, by it."""

    item: Hashable
    shown: int
    best: int
    worst: int
    closed: Utility
    fitted: Utility
    preference: float

    @property
    def score(self) -> float:
        return (self.best - self.worst) / self.shown if self.shown else 0.0


def weigh(items: Sequence[Hashable], choices: Iterable[Choice]) -> list[Worth]:
    """What each item is worth by these choices, the best first."""
    made = [each for each in choices if each.best != each.worst and {each.best, each.worst} <= set(each.items)]
    shown = Counter(item for each in made for item in each.items)
    best, worst = Counter(each.best for each in made), Counter(each.worst for each in made)
    fitted = fit(items, made)
    whole = sum(math.exp(each.value) for each in fitted)
    worths = [
        Worth(
            item, shown[item], best[item], worst[item], closed(shown[item], best[item], worst[item]),
            model, math.exp(model.value) / whole,
        )
        for item, model in zip(items, fitted, strict=True)
    ]  # fmt: skip
    return sorted(worths, key=lambda each: (-each.score, items.index(each.item)))


def closed(shown: int, best: int, worst: int) -> Utility:
    """The utility in closed form (Lipovetsky and Conklin, J. Choice Modelling 2014): ln((1 + s) / (1 - s)).

    Chosen each time, or thrown out each time, half an answer keeps it finite.
    """
    if not shown:
        return Utility(0.0, math.inf)
    half = (shown + best - worst) / (2 * shown)
    half = min(max(half, 1 / (4 * shown)), 1 - 1 / (4 * shown))
    return Utility(math.log(half / (1 - half)), 1 / math.sqrt(2 * shown * half * (1 - half)))


def fit(items: Sequence[Hashable], choices: Sequence[Choice]) -> list[Utility]:
    """P(b, w) = exp(u_b - u_w) / sum over all pairs of the set, by maximum likelihood, utilities summing to 0.

    A weak pull towards 0 (as of half an answer) keeps finite what was always best, or never.
    """
    place = {item: number for number, item in enumerate(items)}
    size = len(items)
    counted = Counter(
        (tuple(place[each] for each in made.items), place[made.best], place[made.worst]) for made in choices
    )
    values, pull = np.zeros(size), 0.05
    for _step in range(STEPS):
        slope, bend = -pull * values, pull * np.eye(size)
        for (shown, best, worst), times in counted.items():
            pairs = [(one, other) for one in shown for other in shown if one != other]
            signs = np.zeros((len(pairs), size))
            for line, (one, other) in enumerate(pairs):
                signs[line, one], signs[line, other] = 1.0, -1.0
            chance = np.exp(signs @ values)
            chance /= chance.sum()
            expected = chance @ signs
            slope -= times * expected
            slope[best] += times
            slope[worst] -= times
            bend += times * ((signs * chance[:, None]).T @ signs - np.outer(expected, expected))
        step = np.linalg.solve(bend, slope)
        values = values + step
        if np.abs(step).max() < CLOSE:
            break
    values = values - values.mean()
    apart = np.eye(size) - 1 / size  # only differences are told by choices, so that the mean has no error of its own
    errors = np.sqrt(np.diag(apart @ np.linalg.inv(bend) @ apart))
    return [Utility(float(value), float(error)) for value, error in zip(values, errors, strict=True)]
