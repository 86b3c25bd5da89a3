"""The values seen on the way to a target: as they come in the query of the objective, and as a line to draw.

The line is drawn on a field of WIDTH by HEIGHT: days from left to right until the day it is due, values from below,
the target among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.formats import number_format

from palabre.items.models import Item
from palabre.objectives.models import Objective, Reading

SHOWN = 100
WIDTH, HEIGHT, EDGE = 600, 160, 8


@dataclass(frozen=True)
class Seen:
    """A value on a day."""

    on: date
    value: Decimal
    note: str = ""
    by: str = ""

    @property
    def said(self) -> str:
        return said(self.value)


@dataclass(frozen=True)
class Line:
    """What is drawn: the way of the values, each of them, and how high the target stands."""

    points: str
    dots: tuple[tuple[float, float], ...]
    target: float | None
    first: date
    last: date
    width: int = WIDTH
    height: int = HEIGHT


def said(value: Decimal) -> str:
    """A number as the reader writes it, without zeros that say nothing."""
    return number_format(Decimal(f"{value.normalize():f}"), force_grouping=True)


def seen() -> ArraySubquery:
    """The latest values of an objective, the first of them first in time, for the query that brings it."""
    rows = Reading.objects.filter(objective=OuterRef("pk")).order_by("-on")
    brief = JSONObject(on="on", value=Cast("value", TextField()), note="note", by=F("by__name"))
    return ArraySubquery(rows.values(brief=brief)[:SHOWN])


def latest() -> Subquery:
    """The last value of an objective, for a query of items."""
    return Subquery(Reading.objects.filter(objective=OuterRef("pk")).order_by("-on").values("value")[:1])


def of(item: Item) -> list[Seen]:
    """The values that came with an objective, in the order of their days."""
    briefs: Sequence[dict[str, Any]] = item.seen  # type: ignore[attr-defined]
    found = [
        Seen(date.fromisoformat(brief["on"]), Decimal(brief["value"]), brief["note"], brief["by"]) for brief in briefs
    ]
    return found[::-1]


def drawn(values: Sequence[Seen], objective: Objective) -> Line | None:
    """The line of two values or more; fewer are told by their table."""
    if len(values) < 2:
        return None
    first, last = values[0].on, max(values[-1].on, objective.due or values[-1].on)
    heights = [each.value for each in values] + ([objective.target] if objective.target is not None else [])
    low, high = min(heights), max(heights)
    days, reach = (last - first).days or 1, (high - low) or Decimal(1)

    def across(day: date) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (day - first).days / days, 1)

    def up(value: Decimal) -> float:
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * float((value - low) / reach), 1)

    dots = tuple((across(each.on), up(each.value)) for each in values)
    points = " ".join(f"{x},{y}" for x, y in dots)
    return Line(points, dots, up(objective.target) if objective.target is not None else None, first, last)
