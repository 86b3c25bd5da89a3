"""What the rules share that add up and take the highest sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from palabre.counting.ballots import Marked, Option
from palabre.counting.poll import Poll
from palabre.counting.result import Result, first_of, ranks_by
from palabre.counting.ties import TieRule

M = TypeVar("M", bound=Marked)


@dataclass(frozen=True)
class Tally:
    """The sum of each option, and how many votes said something of it."""

    totals: dict[Option, int]
    spoke: dict[Option, int]


def added(poll: Poll[M]) -> Tally:
    """The marks of each option, each ballot as often as it counts."""
    totals, spoke = dict.fromkeys(poll.options, 0), dict.fromkeys(poll.options, 0)
    for ballot, weight in poll.piles:
        for option, mark in ballot.marks:
            totals[option] += mark * weight
            spoke[option] += weight
    return Tally(totals, spoke)


def highest(name: str, options: tuple[Option, ...], tally: Tally, seats: int, ties: TieRule | None) -> Result:
    """The `seats` highest sums win; a sum that is not above zero wins nothing."""
    ranking = ranks_by(options, tally.totals)
    winners, sure, met = first_of(_above_zero(ranking, tally.totals), seats, ties)
    return Result(name, winners, sure, ranking, tally, met)


def _above_zero(ranking: tuple[tuple[Option, ...], ...], totals: Mapping[Option, int]) -> list[tuple[Option, ...]]:
    return [rank for rank in ranking if totals[rank[0]] > 0]
