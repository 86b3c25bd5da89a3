"""Half a year of somebody's contributions, week by week: read inside the house, read outside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date
from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.translation import get_language

from palabre.items.models import ItemQuerySet
from palabre.kit.clock import now
from palabre.spaces.models import OUTSIDE

WEEKS = 26


@dataclass(frozen=True)
class Week:
    """One week, beginning on a Monday."""

    start: date
    inside: int
    outside: int

    @property
    def opens_month(self) -> bool:
        """Whether a month begins in it; the chart names the month there."""
        return self.start.day <= 7


def weeks(items: ItemQuerySet, until: datetime | None = None) -> list[Week]:
    """The `WEEKS` weeks of `items` up to now, or to `until`, oldest first, empty ones included; weeks of the reader."""
    today = timezone.localtime(until or now()).date()
    last = today - timedelta(days=today.weekday())
    first = last - timedelta(weeks=WEEKS - 1)
    counted = (
        items.filter(published_at__date__gte=first)
        .order_by()
        .annotate(week=TruncWeek("published_at"))
        .values_list("week", "space__audience")
        .annotate(n=Count("pk"))
    )
    inside: Counter[date] = Counter()
    outside: Counter[date] = Counter()
    for week, audience, n in counted:
        (outside if audience in OUTSIDE else inside)[week.date()] += n
    starts = [first + timedelta(weeks=number) for number in range(WEEKS)]
    return [Week(start, inside[start], outside[start]) for start in starts]


@dataclass(frozen=True)
class Bar:
    """A week drawn: places and heights in the chart's own units."""

    x: float
    inside: float
    outside: float
    inside_y: float
    outside_y: float
    month: str


HEIGHT, STEP = 84.0, 27.7


def bars(shown: list[Week]) -> list[Bar]:
    """The bars of a chart of `HEIGHT`, the fullest week reaching its top."""
    most = max(max(week.inside + week.outside for week in shown), 4)
    drawn = []
    for number, week in enumerate(shown):
        inside, outside = (round(HEIGHT * n / most, 1) for n in (week.inside, week.outside))
        drawn.append(
            Bar(
                x=round(3 + STEP * number, 1),
                inside=inside,
                outside=outside,
                inside_y=round(HEIGHT - inside, 1),
                outside_y=round(HEIGHT - inside - outside - (1.5 if inside and outside else 0), 1),
                month=format_date(week.start, "MMM", get_language() or "en") if week.opens_month else "",
            )
        )
    return drawn
