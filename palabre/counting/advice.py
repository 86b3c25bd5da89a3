"""Advice: people are asked what they think, and one decides. What they say is added up, and binds nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from palabre.counting.ballots import Choice, Option
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.ties import TieRule


@dataclass(frozen=True)
class Leanings:
    """How many lean to each option, and how many to none."""

    leanings: dict[Option, int]
    neither: int


@dataclass(frozen=True)
class Advice:
    """No option ever wins."""

    name: ClassVar[str] = "advice"
    ballot: ClassVar = Choice

    def count(self, poll: Poll[Choice], ties: TieRule | None = None) -> Result:
        leanings = dict.fromkeys(poll.options, 0)
        for ballot, weight in poll.piles:
            if ballot.option is not None:
                leanings[ballot.option] += weight
        details = Leanings(leanings, poll.present - sum(leanings.values()))
        return Result(self.name, frozenset(), frozenset(), None, details)
