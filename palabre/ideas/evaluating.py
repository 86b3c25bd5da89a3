"""What reviewers think of an idea, as it comes in the query of its page: each mark, and how far apart they are.

Names and words are told inside the house. Who was asked and has not answered sees nothing of the others before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from palabre.ideas.criteria import HIGHEST, LOWEST, Criterion, known, of, score
from palabre.ideas.models import Review
from palabre.measuring.intervals import Mean, mean
from palabre.people.faces import face
from palabre.people.models import Person

SHOWN = 40  # reviewers of an idea
APART = 3  # marks between the lowest and the highest from which it is said that they are far apart
LEFT, STEP = 10, 45  # of the drawing, 200 wide


@dataclass(frozen=True)
class Given:
    """What one of them thinks: each criterion by its name, with their mark."""

    person: Person
    said: list[tuple[Any, int]]
    words: str
    at: datetime


@dataclass(frozen=True)
class Dot:
    """A mark on the line of a criterion, larger the more of them gave it."""

    x: int
    r: float


@dataclass(frozen=True)
class Spread:
    """The marks on one criterion, and how far apart they are."""

    criterion: Criterion
    mean: Mean
    low: int
    high: int
    dots: tuple[Dot, ...]
    middle: float

    @property
    def is_wide(self) -> bool:
        return self.high - self.low >= APART

    @property
    def start(self) -> int:
        return _across(self.low)

    @property
    def end(self) -> int:
        return _across(self.high)


@dataclass
class Evaluation:
    """How many were `asked`, of whom a `number` has answered; who has still to (`owed`) is told nothing more.

    Before it was moved, an idea may have been weighed by other criteria: `elsewhere` reviews have marks on those alone,
    count for no rank where it is now, and `overall` leaves them out. `anew`: the reader's is one of them.
    """

    asked: int = 0
    number: int = 0
    elsewhere: int = 0
    owed: bool = False
    mine: bool = False
    anew: bool = False
    criteria: Sequence[Criterion] = ()
    spreads: list[Spread] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    pending: list[Person] = field(default_factory=list)
    overall: Mean | None = None


def reviews() -> ArraySubquery:
    """The reviews of an idea, for the query that brings it."""
    rows = Review.objects.filter(idea=OuterRef("pk")).order_by("given_at", "pk")
    brief = JSONObject(marks="marks", score="score", words="words", at="given_at", person=face("person"))
    return ArraySubquery(rows.values(brief=brief)[:SHOWN])


def told(briefs: Sequence[dict[str, Any]], names: Sequence[str], reader: Any, *, over: bool) -> Evaluation:
    """What came so, as far as the reader is told; `names` are the criteria of the idea's campaign, if it has any."""
    inside = bool(reader.is_authenticated and reader.is_inside)
    given = [brief for brief in briefs if brief["at"]]
    mine = next((brief for brief in briefs if brief["person"]["pk"] == reader.pk), None)
    found = Evaluation(len(briefs), len(given), criteria=of(names))
    found.mine, found.owed = bool(mine and mine["at"]), bool(mine and not mine["at"] and not over)
    if inside:
        found.pending = [Person(**brief["person"]) for brief in briefs if not brief["at"]]
    if found.owed or not given:
        return found
    here = [each.key for each in found.criteria]
    counted = [score(brief["marks"], here) for brief in given if all(key in brief["marks"] for key in here)]
    found.elsewhere = len(given) - len(counted)
    found.anew = bool(mine and mine["at"] and not over and not all(key in mine["marks"] for key in here))
    shown = known((key for brief in given for key in brief["marks"]), found.criteria)
    found.criteria = shown
    found.spreads = [_spread(each, [b["marks"][each.key] for b in given if each.key in b["marks"]]) for each in shown]
    found.overall = mean(counted) if counted else None
    if inside:
        found.given = [_given(brief, shown) for brief in given]
    return found


def _spread(criterion: Criterion, marks: Sequence[int]) -> Spread:
    counted, middle = Counter(marks), mean(marks)
    dots = tuple(Dot(_across(mark), 4 + 2 * min(number, 4)) for mark, number in sorted(counted.items()))
    return Spread(criterion, middle, min(marks), max(marks), dots, round(LEFT + STEP * (middle.value - LOWEST), 1))


def _across(mark: int) -> int:
    return LEFT + STEP * (min(max(mark, LOWEST), HIGHEST) - LOWEST)


def _given(brief: dict[str, Any], shown: Sequence[Criterion]) -> Given:
    said = [(each.label, brief["marks"][each.key]) for each in shown if each.key in brief["marks"]]
    return Given(Person(**brief["person"]), said, brief["words"], datetime.fromisoformat(brief["at"]))
