"""Dots: each has a number of dots and puts them where they like; the most dots win."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from palabre.counting.ballots import Dots, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.tally import added, highest
from palabre.counting.ties import TieRule


@dataclass(frozen=True)
class MostDots:
    """`dots` for each person; at most `each` on one option, if that is limited."""

    name: ClassVar[str] = "dots"
    ballot: ClassVar = Dots
    dots: int = 5
    each: int | None = None
    seats: int = 1

    def __post_init__(self) -> None:
        if self.dots < 1 or (self.each is not None and self.each < 1):
            raise Unfit("Everybody has one dot at least, and may put one at least on an option.")

    def count(self, poll: Poll[Dots], ties: TieRule | None = None) -> Result:
        for ballot, _ in poll.piles:
            given = [dots for _, dots in ballot.marks]
            if min(given, default=0) < 0 or sum(given) > self.dots:
                raise Unfit(f"Each has {self.dots} dots: a ballot has {sum(given)}.")
            if self.each is not None and max(given, default=0) > self.each:
                raise Unfit(f"At most {self.each} dots go on one option: a ballot has {max(given)}.")
        return highest(self.name, poll.options, added(poll), self.seats, ties)
