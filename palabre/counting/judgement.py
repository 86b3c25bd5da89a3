"""Majority judgement: the option with the best median grade wins (Balinski and Laraki, PNAS 2007; MIT Press 2010)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from palabre.counting.ballots import Grades, Option, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result, first_of, ranks_by
from palabre.counting.ties import TieRule

BREAKING = ("gauge", "value")
LONGEST = 100  # grades; nobody tells more apart


@dataclass(frozen=True)
class Merit:
    """How an option was graded.

    `grades[g]` is the votes for grade g; `median` the majority grade (with an even number the lower of the two in the
    middle); `above` and `below` the votes for better and for worse grades than that.
    """

    grades: tuple[int, ...]
    median: int
    above: int
    below: int

    @property
    def gauge(self) -> tuple[int, int]:
        """The majority gauge, to compare: a median that more would raise than lower is +, and counts those above."""
        return self.median, self.above if self.above > self.below else -self.below

    def value(self) -> tuple[int, ...]:
        """The majority value: the median, taken out, then the median of what is left, and so on."""
        left, taken = list(self.grades), []
        grade, below, size = self.median, self.below, sum(self.grades)
        while size:
            middle = (size - 1) // 2  # the place of the lower median, from 0
            while middle < below:
                grade -= 1
                below -= left[grade]
            while middle >= below + left[grade]:
                below += left[grade]
                grade += 1
            left[grade] -= 1
            size -= 1
            taken.append(grade)
        return tuple(taken)


@dataclass(frozen=True)
class Merits:
    merits: dict[Option, Merit]


@dataclass(frozen=True)
class MajorityJudgement:
    """Equal medians are told apart by the majority `gauge`, as usual in large groups, or by the majority `value`.

    The value takes out one median grade at a time until options differ, and leaves only identical ones equal. `grades`
    is the length of the scale. Who grades some options and not others finds those the worst.
    """

    name: ClassVar[str] = "majority-judgement"
    ballot: ClassVar = Grades
    grades: int = 6
    breaking: str = "gauge"
    seats: int = 1

    def __post_init__(self) -> None:
        if not 2 <= self.grades <= LONGEST:
            raise Unfit(f"A scale has two grades at least, and {LONGEST} at most.")
        if self.breaking not in BREAKING:
            raise Unfit(f"Equal medians are told apart by one of {', '.join(BREAKING)}, not {self.breaking!r}.")

    def count(self, poll: Poll[Grades], ties: TieRule | None = None) -> Result:
        merits = self._merits(poll)
        if not poll.votes:
            return Result(self.name, frozenset(), frozenset(), (poll.options,), Merits(merits))
        if self.breaking == "gauge":
            ranking = ranks_by(poll.options, {option: merit.gauge for option, merit in merits.items()})
        else:
            ranking = ranks_by(poll.options, {option: merit.value() for option, merit in merits.items()})
        winners, sure, met = first_of(ranking, self.seats, ties)
        return Result(self.name, winners, sure, ranking, Merits(merits), met)

    def _merits(self, poll: Poll[Grades]) -> dict[Option, Merit]:
        given = {option: [0] * self.grades for option in poll.options}
        for ballot, weight in poll.piles:
            for option, grade in ballot.marks:
                if not 0 <= grade < self.grades:
                    raise Unfit(f"Grades go from 0 to {self.grades - 1}: {option!r} was given {grade}.")
                given[option][grade] += weight
        votes = poll.votes
        for grades in given.values():
            grades[0] += votes - sum(grades)
        return {option: merit(tuple(grades)) for option, grades in given.items()}


def merit(grades: tuple[int, ...]) -> Merit:
    """The merit of an option with so many votes for each grade, from the worst."""
    size, below = sum(grades), 0
    for grade, votes in enumerate(grades):
        if below + votes > (size - 1) // 2 or grade == len(grades) - 1:
            return Merit(grades, grade, size - below - votes, below)
        below += votes
    raise AssertionError("a scale has grades")
