"""Approval: each names all options they can live with; the most named win (Brams and Fishburn 1978)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from palabre.counting.ballots import Approval
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.tally import Tally, highest
from palabre.counting.ties import TieRule


@dataclass(frozen=True)
class MostApproved:
    name: ClassVar[str] = "approval"
    ballot: ClassVar = Approval
    seats: int = 1

    def count(self, poll: Poll[Approval], ties: TieRule | None = None) -> Result:
        totals = dict.fromkeys(poll.options, 0)
        for ballot, weight in poll.piles:
            for option in ballot.options:
                totals[option] += weight
        return highest(self.name, poll.options, Tally(totals, dict(totals)), self.seats, ties)
