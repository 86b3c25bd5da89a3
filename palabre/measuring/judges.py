"""Several things, each judged by a few people on one scale: in which order they stand, as far as that can be said.

The interval of each mean is Student's with the spread pooled over all of them (one-way analysis of variance, Fisher
1925), for two or three judges say little of the spread of their own. Marks are whole numbers: judges who agree by
rounding are not surer than that, so the variance is at least 1/12 (Sheppard 1898). Where intervals overlap, nothing
says which stands first: both get all ranks in question, on the careful side (Goldstein and Healy, JRSS A 1995).
Judges are taken to be equally strict.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from palabre.measuring.intervals import Interval, student

ROUNDED = 1 / 12


@dataclass(frozen=True)
class Place:
    """One of them: the mean of `number` judges, its interval at 95 %, and the ranks it may have."""

    key: Hashable
    mean: float
    number: int
    interval: Interval
    first: int
    last: int

    @property
    def is_tied(self) -> bool:
        return self.first != self.last


def ranked(scores: Mapping[Hashable, Sequence[float]], low: float = 1, high: float = 5) -> list[Place]:
    """The best first, of those that anybody judged, on a scale from `low` to `high`.

    Where each has one judge, nothing is known of their spread, and each interval is the whole scale.
    """
    judged = {key: list(marks) for key, marks in scores.items() if marks}
    means = {key: math.fsum(marks) / len(marks) for key, marks in judged.items()}
    reach = _reach(judged, means)
    found = {key: _interval(means[key], len(marks), reach, low, high) for key, marks in judged.items()}
    lows, highs = sorted(each.low for each in found.values()), sorted(each.high for each in found.values())
    order = sorted(judged, key=lambda key: -means[key])  # stable: of equal means, as they came
    return [
        Place(
            key, means[key], len(judged[key]), found[key],
            first=1 + len(lows) - bisect_right(lows, found[key].high),
            last=len(highs) - bisect_left(highs, found[key].low),
        )
        for key in order
    ]  # fmt: skip


def _interval(mean: float, number: int, reach: float | None, low: float, high: float) -> Interval:
    if reach is None:
        return Interval(low, high)
    half = reach / math.sqrt(number)
    return Interval(max(low, mean - half), min(high, mean + half))


def _reach(judged: Mapping[Hashable, Sequence[float]], means: Mapping[Hashable, float]) -> float | None:
    """Half the interval of one judge alone; None when nothing is known of the spread."""
    freedom = sum(len(marks) - 1 for marks in judged.values())
    if not freedom:
        return None
    squares = math.fsum((mark - means[key]) ** 2 for key, marks in judged.items() for mark in marks)
    return student(freedom) * math.sqrt(max(squares / freedom, ROUNDED))
