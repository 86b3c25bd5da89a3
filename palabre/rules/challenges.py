"""The challenges of a rule as they come in the query that brings it, and how long challenges take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Aggregate, Count, DurationField, F, Min, OuterRef, Q
from django.db.models.functions import JSONObject

from palabre.items.models import Item, ItemQuerySet, address
from palabre.kit.clock import now
from palabre.links.models import Link, Type
from palabre.people.models import Person
from palabre.rules.models import Challenge, Outcome

SHOWN = 20
WHO = ("name", "handle", "side")
DAY = timedelta(days=1)


@dataclass
class Shown:
    """A challenge as one reader sees it: `days` it took, or takes so far; `led` is what came from its idea."""

    pk: int
    idea: Item
    by: Person
    at: datetime
    settled_at: datetime | None
    outcome: str
    words: str
    led: list[tuple[str, str]] = field(default_factory=list)

    @property
    def days(self) -> int:
        return ((self.settled_at or now()) - self.at) // DAY

    @property
    def ended(self) -> Any:
        return Outcome(self.outcome).label if self.outcome else ""


@dataclass(frozen=True)
class Measured:
    """How long challenges take: the median of those `settled`, in days, how many are open, and since when the oldest
    of these, which no median of answers tells.
    """

    settled: int
    open: int
    median: float | None
    oldest: datetime | None

    @property
    def days(self) -> int:
        return round(self.median or 0)

    @property
    def waited(self) -> int:
        """For how many days the oldest open one waits."""
        return (now() - self.oldest) // DAY if self.oldest else 0


class _Median(Aggregate):
    """The continuous percentile at one half, as PostgreSQL computes it."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def measured(rows: Any) -> Measured:
    """Of these challenges, in one query."""
    told = rows.order_by().aggregate(
        settled=Count("settled_at"),
        open=Count("pk", filter=Q(settled_at=None)),
        median=_Median(F("settled_at") - F("at")),
        oldest=Min("at", filter=Q(settled_at=None)),
    )
    median = told["median"]
    return Measured(told["settled"], told["open"], median / DAY if median is not None else None, told["oldest"])


def told(visible: ItemQuerySet) -> ArraySubquery:
    """The latest challenges of a rule whose ideas are visible; those that wait for an answer first."""
    rows = Challenge.objects.filter(rule=OuterRef("pk"), idea__in=visible.order_by().values("pk"))
    led = Link.objects.filter(source=OuterRef(OuterRef("idea")), type=Type.LED_TO).order_by().values("target")
    brief = JSONObject(
        pk="pk", at="at", settled_at="settled_at", outcome="outcome", words="words",
        idea=JSONObject(pk=F("idea_id"), title=F("idea__title"), language=F("idea__language")),
        by=JSONObject(pk=F("by_id"), **{name: F(f"by__{name}") for name in WHO}),
        led=ArraySubquery(
            visible.filter(pk__in=led).order_by("pk").values(brief=JSONObject(pk="pk", kind="kind", title="title"))[:5]
        ),
    )  # fmt: skip
    return ArraySubquery(rows.order_by(F("settled_at").desc(nulls_first=True), "-pk").values(brief=brief)[:SHOWN])


def of(item: Item) -> list[Shown]:
    """The challenges that came with a rule."""
    return [_shown(brief) for brief in item.challenged]  # type: ignore[attr-defined]


def _shown(brief: dict[str, Any]) -> Shown:
    said: Sequence[dict[str, Any]] = brief["led"]
    settled = brief["settled_at"]
    return Shown(
        brief["pk"],
        Item(kind="idea", **brief["idea"]),
        Person(**brief["by"]),
        datetime.fromisoformat(brief["at"]),
        datetime.fromisoformat(settled) if settled else None,
        brief["outcome"],
        brief["words"],
        [(each["title"], address(each["kind"], each["pk"], each["title"])) for each in said],
    )
