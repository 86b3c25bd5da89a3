"""Figures drawn by the server: bars with their intervals, lines that cross, points in a plane. The table stands beside.

Coordinates are those of the boxes that the templates declare; a bar is drawn in a box of 100 by 10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.formats import number_format

from palabre.kit.shares import percent
from palabre.measuring.intervals import Interval

WIDTH, HEIGHT = 360.0, 230.0
LARGEST, SMALLEST = 5.0, 0.6  # of points, as many times as wide as one that stands for one person
LEFT, RIGHT, TOP, BOTTOM = 34.0, 352.0, 10.0, 200.0


@dataclass(frozen=True)
class Bar:
    """A value and its interval between 0 and 100, or from -100 to 100 around the middle."""

    start: float
    length: float
    low: float | None = None
    high: float | None = None
    middle: bool = False


@dataclass(frozen=True)
class Pair:
    """The same share among those inside and those outside, from 0 to 100, to be seen side by side."""

    inside: float
    outside: float


def pair(inside: float, outside: float) -> Pair:
    """Of two shares from 0 to 1."""
    return Pair(_within(100 * inside), _within(100 * outside))


def bar(value: float, interval: Interval | None, *, whole: float = 1.0) -> Bar:
    """From 0 to `whole`."""
    scale = 100 / whole if whole else 0.0
    if interval is None:
        return Bar(0, _within(value * scale))
    return Bar(0, _within(value * scale), _within(interval.low * scale), _within(interval.high * scale))


def around(value: float, interval: Interval | None, *, whole: float) -> Bar:
    """From the middle, for what may be negative: from -`whole` to `whole`."""

    def at(number: float) -> float:
        return _within(50 + 50 * number / whole)

    low, high = (at(interval.low), at(interval.high)) if interval else (None, None)
    return Bar(min(50.0, at(value)), abs(at(value) - 50), low, high, middle=True)


def _within(number: float) -> float:
    return round(min(max(number, 0.0), 100.0), 1)


@dataclass(frozen=True)
class Line:
    """A curve: its name, the sign by which its stroke is told from others, and where it passes."""

    name: Any
    sign: str
    points: str
    end: tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """A place on the horizontal axis, by what it means."""

    x: float
    label: Any
    low: float | None = None
    high: float | None = None

    @property
    def wide(self) -> float:
        return round((self.high or 0) - (self.low or 0), 1)


@dataclass(frozen=True)
class Lines:
    lines: list[Line]
    marks: list[Mark]
    ticks: list[tuple[float, str]]
    levels: list[tuple[float, str]]
    band: Mark | None = None


def lines(
    at: Sequence[float],
    curves: Sequence[tuple[Any, str, Sequence[float]]],
    marks: Sequence[tuple[float, Any]] = (),
    band: tuple[float, float] | None = None,
) -> Lines:
    """Shares from 0 to 1 over the prices `at`."""
    first, last = min(at), max(at)

    def x(price: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (price - first) / ((last - first) or 1), 1)

    def y(share: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

    drawn = [
        Line(
            name, sign, " ".join(f"{x(p)},{y(s)}" for p, s in zip(at, shares, strict=True)), (x(at[-1]), y(shares[-1]))
        )
        for name, sign, shares in curves
    ]
    ticks = [(x(each), number_format(each, force_grouping=True)) for each in round_numbers(first, last)]
    levels = [(y(share), percent(share)) for share in (0, 0.25, 0.5, 0.75, 1)]
    shaded = Mark(x(band[0]), "", x(band[0]), x(band[1])) if band else None
    return Lines(drawn, [Mark(x(price), label) for price, label in marks], ticks, levels, shaded)


def round_numbers(first: float, last: float) -> list[float]:
    """A few round numbers between two."""
    span = (last - first) or 1
    step = 10 ** len(str(int(span / 4))) / 10 if span >= 4 else 1
    while span / step > 6:
        step *= 2.5 if str(step).startswith("2") else 2
    found: list[float] = []
    at = int(first / step) * step
    while at <= last:
        if at >= first:
            found.append(int(at) if at == int(at) else round(at, 2))
        at += step
    return found or [round(first, 2)]


@dataclass(frozen=True)
class Dot:
    """A point of a plane; `sign` tells its group by shape as well as by colour, `size` how much larger it is than one
    that stands for one person alone.
    """

    x: float
    y: float
    label: str = ""
    sign: str = ""
    size: float = 1


@dataclass(frozen=True)
class Plane:
    dots: list[Dot]
    across: Any = ""
    up: Any = ""
    quarters: list[tuple[float, float, Any]] = field(default_factory=list)
    names: list[tuple[str, Any]] = field(default_factory=list)


def plane(places: Sequence[tuple[float, float, str, str]], across: Any, up: Any, quarters: Sequence[Any] = ()) -> Plane:
    """Points by two shares from 0 to 1, each with its label and sign; `quarters` are what its four parts are called,
    from the upper left, line by line.
    """
    dots = [
        Dot(round(LEFT + (RIGHT - LEFT) * x, 1), round(BOTTOM - (BOTTOM - TOP) * y, 1), label, sign)
        for x, y, label, sign in places
    ]
    middles = [(LEFT + (RIGHT - LEFT) * x, TOP + (BOTTOM - TOP) * y) for y in (0.25, 0.75) for x in (0.25, 0.75)]
    named = [(x, y, name) for (x, y), name in zip(middles, quarters, strict=False)]
    return Plane(dots, across, up, named)


def scattered(places: Sequence[tuple[float, float]], signs: Sequence[str]) -> Plane:
    """Points without a scale, as wide as they are; those in the same place are one, whose area says how many."""
    xs, ys = [x for x, _y in places], [y for _x, y in places]

    def share(number: float, numbers: list[float]) -> float:
        return 0.04 + 0.92 * (number - min(numbers)) / ((max(numbers) - min(numbers)) or 1)

    put = plane([(share(x, xs), share(y, ys), "", sign) for (x, y), sign in zip(places, signs, strict=True)], "", "")
    alike = Counter(put.dots).most_common()  # the largest first, so that none lies hidden under it
    shrink = min(1, LARGEST / alike[0][1] ** 0.5) if alike else 1
    sizes = [round(max(SMALLEST, shrink * number**0.5), 2) for _dot, number in alike]
    return replace(put, dots=[replace(dot, size=size) for (dot, _number), size in zip(alike, sizes, strict=True)])
