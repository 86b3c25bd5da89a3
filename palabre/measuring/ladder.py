"""Gabor and Granger's ladder of prices (Economica 1966): who would buy at each, and what is earned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from palabre.measuring.intervals import Interval, Share, resampled

Answer = Mapping[float, bool]


@dataclass(frozen=True)
class Rung:
    """A price, who would buy at it, and what a hundred people who are asked would bring."""

    price: float
    demand: Share

    @property
    def revenue(self) -> float:
        return 100 * self.price * self.demand.value


@dataclass(frozen=True)
class Ladder:
    """`best` earns most; its interval names the prices that might. `incoherent` answers are left out: who would buy at
    a price and not at a lower one."""

    number: int
    incoherent: int
    rungs: tuple[Rung, ...]
    best: float | None
    interval: Interval | None


def climb(prices: Sequence[float], answers: Sequence[Answer]) -> Ladder:
    """`answers` say for each price whether one would buy; a price that is not named is one at which one would not."""
    ordered = sorted(prices)
    told = [[bool(each.get(price)) for price in ordered] for each in answers]
    coherent = [each for each in told if each == sorted(each, reverse=True)]
    if not coherent:
        return Ladder(0, len(told), tuple(Rung(price, Share(0, 0)) for price in ordered), None, None)
    buying, at = np.array(coherent, dtype=int), np.array(ordered, dtype=float)

    def best(weights: Any) -> list[float | None]:
        earned = weights @ buying * at
        return [float(at[np.argmax(earned)]) if earned.any() else None]

    demand = buying.sum(axis=0)
    rungs = tuple(Rung(price, Share(int(some), len(coherent))) for price, some in zip(ordered, demand, strict=True))
    found = best(np.ones(len(coherent)))[0]
    (might,) = resampled(len(coherent), best, named=True)
    return Ladder(len(coherent), len(told) - len(coherent), rungs, found, might)
