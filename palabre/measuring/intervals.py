"""Intervals at 95 %: between which bounds the figure lies if everybody had been asked as these few were."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Z = 1.959964  # 95 %, both sides
RESAMPLES, SEED = 400, 1976
STUDENT = (12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622)  # where the expansion is poor


@dataclass(frozen=True)
class Interval:
    low: float
    high: float

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high


@dataclass(frozen=True)
class Share:
    """`part` of `whole` answers, and what that allows to say of everybody; nothing of nobody."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> Interval:
        """Wilson's (JASA 1927)."""
        if not self.whole:
            return Interval(0.0, 1.0)
        n, p = self.whole, self.value
        middle = p + Z * Z / (2 * n)
        reach = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        scale = 1 + Z * Z / n
        return Interval(max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale))


@dataclass(frozen=True)
class Difference:
    """How much larger the first share is. It is sure of its sign when 0 lies outside."""

    value: float
    interval: Interval

    @property
    def is_sure(self) -> bool:
        return 0 not in self.interval


def difference(first: Share, second: Share) -> Difference:
    """Of two independent shares, by Newcombe's hybrid score (Statistics in Medicine 1998, method 10)."""
    one, two, gap = first.interval, second.interval, first.value - second.value
    below = math.hypot(first.value - one.low, two.high - second.value)
    above = math.hypot(one.high - first.value, second.value - two.low)
    return Difference(gap, Interval(gap - below, gap + above))


@dataclass(frozen=True)
class Mean:
    """The mean of `number` answers; its interval is Student's, and None with less than two answers."""

    value: float
    number: int
    interval: Interval | None


def mean(numbers: Sequence[float]) -> Mean:
    if len(numbers) < 2:
        return Mean(float(numbers[0]) if numbers else 0.0, len(numbers), None)
    n, middle = len(numbers), math.fsum(numbers) / len(numbers)
    spread = math.sqrt(math.fsum((each - middle) ** 2 for each in numbers) / (n - 1))
    reach = student(n - 1) * spread / math.sqrt(n)
    return Mean(middle, n, Interval(middle - reach, middle + reach))


def student(freedom: int) -> float:
    """The 97.5 % point of Student's t: Fisher's expansion (Abramowitz and Stegun 26.7.5)."""
    if freedom <= len(STUDENT):
        return STUDENT[freedom - 1]
    z, v = Z, freedom
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    )


def resampled(
    number: int, figures: Callable[[Any], Sequence[float | None]], *, named: bool = False
) -> list[Interval | None]:
    """The interval of each of `figures(weights)`, by the percentile bootstrap (Efron 1979): the same answers drawn
    again and again with replacement, `weights` saying how often each was drawn. The draw is the same each time one
    looks. None for a figure that most draws do not have. `named`: a figure is one of a few, and nothing in between.
    """
    draws = np.random.default_rng(SEED).multinomial(number, np.full(number, 1 / number), size=RESAMPLES)
    columns = zip(*(figures(weights) for weights in draws), strict=True)
    method: Any = "inverted_cdf" if named else "linear"
    found = []
    for column in columns:
        known = sorted(each for each in column if each is not None)
        enough = len(known) > RESAMPLES / 2
        found.append(Interval(*np.quantile(known, (0.025, 0.975), method=method).tolist()) if enough else None)
    return found
