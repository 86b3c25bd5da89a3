"""Price sensitivity: van Westendorp's meter (ESOMAR 1976), and the extension of Newton, Miller and Smith (AMA 1993).

Everybody names four prices: too cheap to be good, cheap, expensive, too expensive. Shares fall or rise with the price,
and where they cross are the points. Two conventions are in use for the ends of the acceptable range; both are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from palabre.measuring.intervals import Interval, resampled

Array = Any  # of numpy
CALIBRATION = {5: 0.7, 4: 0.5, 3: 0.3, 2: 0.1, 1: 0.0}  # how many of those who say so do buy
EQUAL = 1e-9  # shares this near are the same: 3 of 250 is what remains of 247
FINE, CELLS = 2000, 4_000_000  # prices at which the reach is reckoned, at most; and times people, for the memory


@dataclass(frozen=True)
class Prices:
    """What one person said. `would_cheap` and `would_expensive`: how surely they would buy then, from 5 to 1."""

    too_cheap: float
    cheap: float
    expensive: float
    too_expensive: float
    would_cheap: int | None = None
    would_expensive: int | None = None

    @property
    def is_coherent(self) -> bool:
        """Whether each price is above the one before; who says otherwise was not understood, or did not understand."""
        return self.too_cheap < self.cheap < self.expensive < self.too_expensive

    @property
    def has_intent(self) -> bool:
        return self.would_cheap in CALIBRATION and self.would_expensive in CALIBRATION


@dataclass(frozen=True)
class Point:
    """A price, and its interval."""

    price: float
    interval: Interval | None


@dataclass(frozen=True)
class Range:
    low: Point | None
    high: Point | None


@dataclass(frozen=True)
class Curves:
    """The share that calls each price so; `prices` are all that were named."""

    prices: tuple[float, ...]
    too_cheap: tuple[float, ...]
    cheap: tuple[float, ...]
    expensive: tuple[float, ...]
    too_expensive: tuple[float, ...]


@dataclass(frozen=True)
class Reach:
    """How many would buy at each price, and the two prices at which most buy, and most is earned."""

    prices: tuple[float, ...]
    shares: tuple[float, ...]
    most_reach: Point
    most_revenue: Point
    number: int

    def at(self, price: float) -> float:
        """How many would buy at a price that was named."""
        return self.shares[self.prices.index(price)]


@dataclass(frozen=True)
class Meter:
    """`number` coherent answers; `incoherent` ones are left out.

    indifference: as many find it cheap as expensive. optimum: as many find it too cheap as too expensive. original:
    van Westendorp's range (too cheap and not cheap; too expensive and not expensive). narrower: as others draw it since
    (too cheap and expensive; too expensive and cheap).
    """

    number: int
    incoherent: int
    curves: Curves | None = None
    indifference: Point | None = None
    optimum: Point | None = None
    original: Range | None = None
    narrower: Range | None = None
    reach: Reach | None = None


def measure(answers: Sequence[Prices], *, smooth: bool = True, inclusive: bool = True) -> Meter:
    """The meter of these answers. With `smooth`, shares are joined by lines between the prices that were named;
    without, a point is the first named price at which the rising share has met the falling one. With `inclusive`, who
    begins to find it cheap at a price finds that very price cheap, as was asked; the R package pricesensitivitymeter
    (1.3.3) counts it only below.
    """
    coherent = [each for each in answers if each.is_coherent]
    incoherent = len(answers) - len(coherent)
    if not coherent:
        return Meter(0, incoherent)
    told = np.array([(each.too_cheap, each.cheap, each.expensive, each.too_expensive) for each in coherent])
    prices = np.unique(told)
    places = [np.searchsorted(prices, column) for column in told.T]

    def points(weights: Array) -> list[float | None]:
        too_cheap, cheap, expensive, too_expensive = _shares(places, len(prices), weights, inclusive)
        return [
            crossing(prices, rising, falling, smooth=smooth)
            for rising, falling in (
                (expensive, cheap),
                (too_expensive, too_cheap),
                (1 - cheap, too_cheap),
                (too_expensive, 1 - expensive),
                (expensive, too_cheap),
                (too_expensive, cheap),
            )
        ]

    every = np.ones(len(coherent), dtype=int)
    found = [
        None if price is None else Point(price, interval)
        for price, interval in zip(points(every), _spread(told, points), strict=True)
    ]
    curves = Curves(*(tuple(each.tolist()) for each in (prices, *_shares(places, len(prices), every, inclusive))))
    return Meter(
        len(coherent),
        incoherent,
        curves,
        indifference=found[0],
        optimum=found[1],
        original=Range(found[2], found[3]),
        narrower=Range(found[4], found[5]),
        reach=reach([each for each in coherent if each.has_intent]),
    )


def crossing(prices: Array, rising: Array, falling: Array, *, smooth: bool = True) -> float | None:
    """The lowest price at which `rising` has met `falling`; None where it never does, or always had."""
    met = np.flatnonzero(rising - falling > -EQUAL)
    if not len(met) or (met[0] == 0 and rising[0] - falling[0] > EQUAL):
        return None
    place = int(met[0])
    if not smooth or place == 0:
        return float(prices[place])
    before, after = falling[place - 1] - rising[place - 1], rising[place] - falling[place]
    share = before / (before + after)
    return float(prices[place - 1] + share * (prices[place] - prices[place - 1]))


def reach(answers: Sequence[Prices]) -> Reach | None:
    """How many buy at each price: nobody below too cheap and above too expensive, along lines in between. None where
    nobody would buy at all.
    """
    if not any(CALIBRATION[would or 1] for each in answers for would in (each.would_cheap, each.would_expensive)):
        return None
    corners = np.array(
        [(each.too_cheap, each.cheap, each.expensive, each.too_expensive) for each in answers], dtype=float
    )
    sure = np.array([(CALIBRATION[each.would_cheap or 1], CALIBRATION[each.would_expensive or 1]) for each in answers])
    prices = np.unique(corners)
    fine = max(100, min(FINE, CELLS // len(answers)))
    if len(prices) > fine:
        prices = np.unique(np.quantile(prices, np.linspace(0, 1, fine), method="nearest"))
    buying = np.array(
        [
            np.interp(prices, each, (0.0, *would, 0.0), left=0.0, right=0.0)
            for each, would in zip(corners, sure, strict=True)
        ]
    )

    def best(weights: Array) -> list[float | None]:
        shares = weights @ buying / len(answers)
        return [float(prices[np.argmax(shares)]), float(prices[np.argmax(shares * prices)])]

    every = np.ones(len(answers))
    most = [
        Point(price or 0.0, interval)
        for price, interval in zip(best(every), _spread(np.hstack([corners, sure]), best), strict=True)
    ]
    shares = every @ buying / len(answers)
    return Reach(tuple(prices.tolist()), tuple(shares.tolist()), most[0], most[1], len(answers))


def _spread(told: Array, figures: Any) -> list[Interval | None]:
    """The interval of each figure; none where all said the same, for drawn again they would be as alike."""
    if (told == told[0]).all():
        return [None] * len(figures(np.ones(len(told), dtype=int)))
    return resampled(len(told), figures)


def _shares(places: list[Array], size: int, weights: Array, inclusive: bool) -> tuple[Array, Array, Array, Array]:
    """Of each price, the share for whom it is too cheap, cheap, expensive, too expensive."""
    counts = [np.bincount(place, weights=weights, minlength=size) for place in places]
    whole = weights.sum()
    falling = [np.cumsum(each[::-1])[::-1] / whole for each in counts[:2]]  # the price, or more, is cheap to so many
    if not inclusive:
        falling = [np.append(each[1:], 0.0) for each in falling]
    rising = [np.cumsum(each) / whole for each in counts[2:]]
    return falling[0], falling[1], rising[0], rising[1]
