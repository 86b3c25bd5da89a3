"""Score: each gives every option points of one scale; the highest sums win. No points given are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from palabre.counting.ballots import Scores, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.tally import added, highest
from palabre.counting.ties import TieRule


@dataclass(frozen=True)
class Score:
    name: ClassVar[str] = "score"
    ballot: ClassVar = Scores
    highest: int = 5
    seats: int = 1

    def count(self, poll: Poll[Scores], ties: TieRule | None = None) -> Result:
        for ballot, _ in poll.piles:
            for option, points in ballot.marks:
                if not 0 <= points <= self.highest:
                    raise Unfit(f"Points go from 0 to {self.highest}: {option!r} was given {points}.")
        return highest(self.name, poll.options, added(poll), self.seats, ties)
