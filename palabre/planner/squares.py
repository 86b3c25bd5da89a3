"""Squares: for each offer and each of the seven P the latest consultation, and what was decided since.

Three queries for a page of offers, however much was asked about them: the latest consultation of each square, the
decisions that came of these, and the decisions about the offers. All of them only what the reader sees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Window
from django.utils.functional import cached_property

from palabre.consultations.methods import FITTING, METHODS
from palabre.consultations.models import Mix, Stage
from palabre.decisions.models import Stage as Decided
from palabre.items.models import Item, address
from palabre.kit.clock import now
from palabre.links.models import Link, Type

LONG_AGO = timedelta(days=365)  # after which what people said may hold no more
SHOWN = 3  # decisions named in one square


@dataclass(frozen=True)
class Asked:
    """A consultation, as a square tells of it; `place` is the space it was asked in, `times` how many there were about
    the same.
    """

    pk: int
    title: str
    language: str
    place: str
    method: str
    stage: str
    opened_at: datetime | None
    closes_at: datetime | None
    sent: int
    returned_at: datetime | None
    times: int

    def get_absolute_url(self) -> str:
        return address("consultation", self.pk, self.title)

    @property
    def method_label(self) -> Any:
        return METHODS[self.method].label if self.method in METHODS else ""

    @property
    def at(self) -> datetime | None:
        """When it was asked: the end of it, or while it is open its beginning."""
        return self.closes_at if self.stage == Stage.CLOSED else self.opened_at

    @property
    def is_old(self) -> bool:
        return self.stage == Stage.CLOSED and self.at is not None and self.at < now() - LONG_AGO


@dataclass(frozen=True)
class Outcome:
    """A decision that was taken."""

    pk: int
    title: str
    language: str
    at: datetime | None

    def get_absolute_url(self) -> str:
        return address("decision", self.pk, self.title)


@dataclass
class Square:
    """One P of one offer; `asked` is None where nobody ever was."""

    mix: Mix
    asked: Asked | None = None
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def fitting(self) -> str:
        """The method with which one begins here, or asks again as before."""
        return self.asked.method if self.asked and self.asked.method in METHODS else FITTING[self.mix]

    @property
    def fitting_label(self) -> Any:
        return METHODS[self.fitting].label

    @property
    def state(self) -> str:
        """By which it is drawn: never, draft, open, old, or heard."""
        if self.asked is None:
            return "never"
        if self.asked.stage != Stage.CLOSED:
            return self.asked.stage
        return "old" if self.asked.is_old else "heard"


@dataclass
class Row:
    """One offer with its squares in the order of the P, and the decisions about it since it was last asked about."""

    offer: Any
    squares: list[Square]
    since: list[Outcome] = field(default_factory=list)
    beside: int = 0

    @cached_property
    def known(self) -> int:
        """Of how many P somebody was asked."""
        return sum(square.asked is not None and square.asked.stage != Stage.DRAFT for square in self.squares)


def rows(offers: Sequence[Item], person: Any) -> list[Row]:
    """The rows of these offers, for `person`."""
    asked = _asked([offer.pk for offer in offers], person)
    led = _led([each.pk for by_mix in asked.values() for each in by_mix.values()], person)
    about = _about([offer.pk for offer in offers], person)
    made = []
    for offer in offers:
        mine = asked.get(offer.pk, {})
        squares = [Square(mix, mine.get(mix)) for mix in Mix]
        for square in squares:
            if square.asked:
                square.outcomes = led[square.asked.pk][:SHOWN]
        last = max((each.at for each in mine.values() if each.at), default=None)
        since = [each for each in about[offer.pk] if last and each.at and each.at >= last]
        beside = mine[""].times if "" in mine else 0
        made.append(Row(offer, squares, since, beside))
    return made


def never(rows_: Sequence[Row]) -> list[Mix]:
    """About which P nobody was asked for any of these offers."""
    return [mix for place, mix in enumerate(Mix) if all(row.squares[place].asked is None for row in rows_)]


def _seen(person: Any, kind: str) -> Any:
    return Item.objects.visible_to(person).published().of_kind(kind).order_by().values("pk")


def _asked(offers: Sequence[int], person: Any) -> dict[int, dict[str, Asked]]:
    mix, opened = F("source__consultation__mix"), F("source__consultation__opened_at")
    links = Link.objects.filter(type=Type.ABOUT, target__in=offers, source__in=_seen(person, "consultation"))
    latest = (
        links.annotate(mix=mix, times=Window(Count("pk"), partition_by=[F("target"), mix]))
        .order_by("target", "mix", opened.desc(nulls_last=True), "-source")
        .distinct("target", "mix")
    )
    names = ("method", "stage", "opened_at", "closes_at", "sent", "returned_at")
    columns = latest.values_list(
        "target", "mix", "source", "source__title", "source__language", "source__space__slug",
        *(f"source__consultation__{n}" for n in names), "times",
    )  # fmt: skip
    found: dict[int, dict[str, Asked]] = defaultdict(dict)
    for target, said, *row in columns:
        found[target][said] = Asked(*row)
    return found


def _led(consultations: Sequence[int], person: Any) -> dict[int, list[Outcome]]:
    links = Link.objects.filter(type=Type.LED_TO, source__in=consultations, target__in=_seen(person, "decision"))
    decided = links.filter(target__decision__stage=Decided.CLOSED).order_by("-target__decision__closes_at", "-target")
    found: dict[int, list[Outcome]] = defaultdict(list)
    rows: Any = decided.values_list(
        "source", "target", "target__title", "target__language", "target__decision__closes_at"
    )
    for source, *row in rows:
        found[source].append(Outcome(*row))
    return found


def _about(offers: Sequence[int], person: Any) -> dict[int, list[Outcome]]:
    links = Link.objects.filter(type=Type.ABOUT, target__in=offers, source__in=_seen(person, "decision"))
    decided = links.filter(source__decision__stage=Decided.CLOSED).order_by("-source__decision__closes_at", "-source")
    found: dict[int, list[Outcome]] = defaultdict(list)
    rows: Any = decided.values_list(
        "target", "source", "source__title", "source__language", "source__decision__closes_at"
    )
    for target, *row in rows:
        found[target].append(Outcome(*row))
    return found
