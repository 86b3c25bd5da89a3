"""What results are told in: a reading in sentences, a figure, and the table from which both can be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from palabre.consultations import charts
from palabre.consultations.charts import Bar, Lines, Pair, Plane
from palabre.consultations.questions import Question
from palabre.consultations.words import say
from palabre.kit.shares import percent
from palabre.measuring.intervals import Interval, Share


@dataclass
class Row:
    """A line of a table; `bar`, or the two marks of a `pair`, are drawn beside its title, a `picture` above it."""

    title: Any
    cells: list[Any]
    bar: Bar | None = None
    strong: bool = False
    language: str = ""
    pair: Pair | None = None
    picture: int | None = None


@dataclass
class Table:
    """Rows under their heads; one that is `wide` is told line by line where there is no room for it."""

    of: Any
    heads: list[Any]
    rows: list[Row]
    wide: bool = False

    @property
    def told(self) -> list[tuple[Row, list[tuple[Any, Any]]]]:
        """Each row, and each of its cells after the head under which it stands."""
        return [(row, list(zip(self.heads, row.cells, strict=True))) for row in self.rows]


@dataclass
class Spoken:
    """What some said in their own words about one thing, each text with how often it was said; `more` are not shown."""

    word: str
    number: int
    texts: list[tuple[str, int]]
    more: int = 0


@dataclass
class Section:
    """One thing that was asked: how many answered, how that reads, its figures, texts, and files; how many answers were
    `incoherent`, and are not among them.
    """

    title: Any
    number: int
    reading: list[str] = field(default_factory=list)
    table: Table | None = None
    lines: Lines | None = None
    plane: Plane | None = None
    texts: list[Spoken] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    too_few: bool = False
    language: str = ""
    incoherent: int = 0


def bounds(low: str, high: str) -> str:
    """From one figure to another, both as they are written."""
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def between(interval: Interval | None) -> str:
    """An interval of shares."""
    return bounds(percent(interval.low), percent(interval.high)) if interval else "–"


def inside(interval: Interval | None, written: Callable[[float], str]) -> str:
    """The bounds of an interval within a sentence: between one and the other."""
    told = pgettext("between", "%(low)s and %(high)s")
    return told % {"low": written(interval.low), "high": written(interval.high)} if interval else "–"


def span(interval: Interval | None, digits: int = 0, *, all_alike: bool = False) -> str:
    """An interval of numbers."""
    if interval is None:
        return "–"
    return bounds(*(plain(each, digits, all_alike=all_alike) for each in (interval.low, interval.high)))


def plain(number: float, digits: int = 0, *, all_alike: bool = False) -> str:
    """A number as the reader writes it, below nothing with a real minus; `all_alike`: with no fewer digits than the
    others of its column.
    """
    rounded = round(number, digits) + 0.0  # no minus before nothing
    if all_alike:
        return number_format(rounded, digits, force_grouping=True).replace("-", "−")
    return number_format(int(rounded) if rounded == int(rounded) else rounded, force_grouping=True).replace("-", "−")


def tenths(number: float) -> str:
    return plain(number, 1)


def alike(numbers: Sequence[float]) -> str:
    """Of numbers that are all the same, what that allows to say; "" where they differ."""
    if len(numbers) < 2 or len(set(numbers)) > 1:
        return ""
    told = _("All %(number)s answers are %(same)s; how far others lie from that cannot be told from them.")
    return told % {"number": len(numbers), "same": tenths(numbers[0])}


def money(price: float, unit: str = "") -> str:
    """A price as people write it: whole when it is large or says no cents, else with both; never on two lines."""
    rounded = round(price, 0 if abs(price) >= 100 else 2)
    written = plain(rounded) if rounded == int(rounded) else number_format(rounded, 2, force_grouping=True)
    return f"{written} {unit}".strip().replace(" ", "\u00a0")


def cells(share: Share) -> list[Any]:
    """How a share stands in a table: how many, which share, between which bounds."""
    return [share.part, percent(share.value) if share.whole else "–", between(share.interval) if share.whole else "–"]


def heads() -> list[str]:
    return [_("Answers"), _("Share"), _("Between (95%)")]


def marks(ratings: Sequence[int], question: Question) -> Table:
    """How often each mark of a scale was given, from the highest down; the ends by their words too."""
    ends = dict(zip((question.low, question.high), map(say, question.ends), strict=False))
    names = [(mark, f"{mark} · {ends[mark]}" if ends.get(mark) else str(mark)) for mark in reversed(question.scale)]
    return shares([(name, Share(ratings.count(mark), len(ratings))) for mark, name in names])


def shares(rows: Sequence[tuple[Any, Share]]) -> Table:
    """Shares of a whole below each other, each with its title."""
    return Table(
        pgettext("a noun", "Answer"),
        heads(),
        [Row(name, cells(share), charts.bar(share.value, share.interval)) for name, share in rows],
    )
