"""The Scottish count: weighted inclusive Gregory transfers, a Droop quota, five decimals.

Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52. One thing is added: where
the order has lots drawn, the declared rule for ties decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from palabre.counting.ballots import Option, Ranking, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.stv import stages
from palabre.counting.stv.stages import Stage
from palabre.counting.ties import Fork, TieRule, every_way

ONE = 100_000  # votes are kept in hundred-thousandths
Parcel = Counter[tuple[tuple[Option, ...], int]]  # (who comes next on the paper, its value) → papers


@dataclass(frozen=True)
class ScottishSTV:
    name: ClassVar[str] = "scottish-stv"
    ballot: ClassVar = Ranking
    seats: int = 1

    def count(self, poll: Poll[Ranking], ties: TieRule | None = None) -> Result:
        if self.seats < 1:
            raise Unfit("At least one seat is to be filled.")
        return stages.result(
            self.name, poll, self.seats, every_way(lambda fork: _Sheet(poll, self.seats, fork).run(), ties)
        )


class _Sheet:
    """The sheet on which one count is kept. Numbers are whole, in hundred-thousandths of a vote."""

    def __init__(self, poll: Poll[Ranking], seats: int, fork: Fork) -> None:
        self.seats, self.fork = seats, fork
        self.parcels: dict[Option, Parcel] = {option: Counter() for option in poll.options}
        papers = stages.papers(poll)
        for order, number in papers.items():
            self.parcels[order[0]][order[1:], ONE] += number
        self.total = sum(papers.values()) * ONE
        self.quota = (self.total // ONE // (seats + 1) + 1) * ONE
        self.votes = {option: _value(parcel) for option, parcel in self.parcels.items()}
        self.continuing = list(poll.options)
        self.elected: list[Option] = []
        self.surplus: list[Option] = []  # elected, and their surplus is not transferred yet
        self.history: list[dict[Option, int]] = []
        self.stages: list[Stage] = []

    def run(self) -> tuple[Stage, ...]:
        if not self.total:
            return ()
        self._close("first", None, dict(self.votes))
        while len(self.elected) < self.seats and self.continuing:
            if len(self.continuing) <= self.seats - len(self.elected):
                self._close("last", None, {}, everybody=True)
            elif self.surplus:
                self._transfer_surplus()
            else:
                self._exclude()
        return tuple(self.stages)

    def _close(self, did: str, option: Option | None, moved: dict[Option, int], everybody: bool = False) -> None:
        """The end of a stage: who has the quota is elected, most votes first."""
        found = [each for each in self.continuing if everybody or self.votes[each] >= self.quota]
        found.sort(key=lambda each: -self.votes[each])
        self.elected += found
        self.surplus += [each for each in found if self.votes[each] > self.quota]
        self.continuing = [each for each in self.continuing if each not in found]
        self.history.append(dict(self.votes))
        left = self.total - sum(self.votes.values())
        self.stages.append(
            Stage(did, option, _real(self.quota), _reals(self.votes), _reals(moved), _real(left), tuple(found), {})
        )

    def _transfer_surplus(self) -> None:
        """Rules 48 and 49: the largest; a paper goes on with its share of the surplus, cut at five decimals."""
        most = max(self.votes[each] for each in self.surplus)
        tied = [each for each in self.surplus if self.votes[each] == most]
        giver = self._told_apart("surplus", tied)
        self.surplus.remove(giver)
        total, surplus = self.votes[giver], self.votes[giver] - self.quota
        parcel = Counter[tuple[tuple[Option, ...], int]]()
        for (order, value), number in self.parcels[giver].items():
            parcel[order, surplus * value // total] += number
        self.parcels[giver] = Counter()
        moved = self._hand_on(parcel)
        self.votes[giver] = self.quota
        self._close("surplus", giver, moved | {giver: -surplus})

    def _exclude(self) -> None:
        """Rules 50 and 51: the fewest votes; papers go on at the value at which they came."""
        fewest = min(self.votes[each] for each in self.continuing)
        tied = [each for each in self.continuing if self.votes[each] == fewest]
        loser = self._told_apart("exclusion", tied)
        self.continuing.remove(loser)
        parcel, self.parcels[loser] = self.parcels[loser], Counter()
        moved = self._hand_on(parcel)
        self.votes[loser] = 0
        self._close("exclusion", loser, moved | {loser: -fewest})

    def _hand_on(self, parcel: Parcel) -> dict[Option, int]:
        """Each paper to the next continuing option on it; the votes that each receives."""
        moved: dict[Option, int] = {}
        open_ = set(self.continuing)
        for (order, value), number in parcel.items():
            place = next((place for place, option in enumerate(order) if option in open_), None)
            if place is not None and value:
                receiver = order[place]
                self.parcels[receiver][order[place + 1 :], value] += number
                moved[receiver] = moved.get(receiver, 0) + value * number
        for receiver, votes in moved.items():
            self.votes[receiver] += votes
        return moved

    def _told_apart(self, over: str, tied: Sequence[Option]) -> Option:
        """By the latest earlier stage at which they were unequal; else by the rule for ties."""
        extreme = max if over == "surplus" else min
        for votes in reversed(self.history):
            wanted = extreme(votes[each] for each in tied)
            tied = [each for each in tied if votes[each] == wanted]
        choose = self.fork.best if over == "surplus" else self.fork.worst
        return choose(over, tied, self._state(tied) if len(tied) > 1 else None)

    def _state(self, tied: Sequence[Option]) -> Hashable:
        """All on which the rest of the count depends."""
        held = [*self.continuing, *self.surplus]
        return (
            frozenset(tied),
            frozenset(self.continuing),
            frozenset(self.elected),
            frozenset((each, frozenset(self.parcels[each].items())) for each in held),
            tuple(frozenset((each, votes[each]) for each in held) for votes in self.history),
        )


def _value(parcel: Parcel) -> int:
    return sum(value * number for (_, value), number in parcel.items())


def _real(votes: int) -> Fraction:
    return Fraction(votes, ONE)


def _reals(votes: dict[Option, int]) -> dict[Option, Fraction]:
    return {option: _real(number) for option, number in votes.items()}
