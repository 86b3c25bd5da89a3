"""Quadratic: v votes on an option cost v² of one's credits; the highest sums win (Lalley and Weyl 2018).

Votes may go against an option, at the same price: the sum is of votes, and what they cost is only their limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from palabre.counting.ballots import Credits, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.tally import added, highest
from palabre.counting.ties import TieRule


def cost(ballot: Credits) -> int:
    """The credits a ballot spends."""
    return sum(votes * votes for _, votes in ballot.marks)


@dataclass(frozen=True)
class Quadratic:
    name: ClassVar[str] = "quadratic"
    ballot: ClassVar = Credits
    credits: int = 100
    against: bool = False
    seats: int = 1

    def count(self, poll: Poll[Credits], ties: TieRule | None = None) -> Result:
        for ballot, _ in poll.piles:
            if cost(ballot) > self.credits:
                raise Unfit(f"Each has {self.credits} credits: a ballot spends {cost(ballot)}.")
            if not self.against and min((votes for _, votes in ballot.marks), default=0) < 0:
                raise Unfit("Here votes are given for an option, not against it.")
        return highest(self.name, poll.options, added(poll), self.seats, ties)
