"""Majority: an option carries when its votes reach a declared share of a declared number."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from palabre.counting.ballots import Choice, Option, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result, first_of, ranks_by
from palabre.counting.ties import TieRule

BASES = ("cast", "present", "eligible")


@dataclass(frozen=True)
class Shares:
    """Votes of each option, abstentions, the number they are a share of, and the fewest votes that carry."""

    votes: dict[Option, int]
    abstentions: int
    base: int
    needed: int


@dataclass(frozen=True)
class Majority:
    """`share` of the votes cast (abstentions aside), of those present, or of those eligible.

    Strictly more than that, or at least that. Several options can reach a share of half or less: the most votes carry.
    """

    name: ClassVar[str] = "majority"
    ballot: ClassVar = Choice
    base: str = "cast"
    share: Fraction = Fraction(1, 2)
    strict: bool = True

    def __post_init__(self) -> None:
        if self.base not in BASES:
            raise Unfit(f"The base of a majority is one of {', '.join(BASES)}, not {self.base!r}.")
        if not 0 <= self.share <= 1 or (self.strict and self.share == 1):
            raise Unfit(f"A majority is a share from 0 to 1, and more than all is nobody's: {self.share}.")

    def count(self, poll: Poll[Choice], ties: TieRule | None = None) -> Result:
        votes = dict.fromkeys(poll.options, 0)
        for ballot, weight in poll.piles:
            if ballot.option is not None:
                votes[ballot.option] += weight
        cast = sum(votes.values())
        base = {"cast": cast, "present": poll.present, "eligible": poll.eligible}[self.base]
        if base is None:
            raise Unfit("A majority of those eligible needs their number.")
        # Whole votes: the fewest that are more than the share, or no less than it; and nobody wins with none.
        exactly = self.share * base
        needed = max(1, exactly.__floor__() + 1 if self.strict else exactly.__ceil__())
        ranking = ranks_by(poll.options, votes)
        carried = [tuple(option for option in rank if votes[option] >= needed) for rank in ranking[:1]]
        winners, sure, met = first_of([rank for rank in carried if rank], 1, ties)
        details = Shares(votes, poll.present - cast, base, needed)
        return Result(self.name, winners, sure, ranking, details, met)
