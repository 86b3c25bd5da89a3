"""Meek's count: who is elected keeps just the share of each vote that they need, and excluded options never were.

Hill, Wichmann and Woodall, Computer Journal 30 (1987) 277–281. The quota is (votes that somebody keeps)/(seats + 1),
and falls as papers run out; each keep value is multiplied by quota/votes until votes and quota agree.

Precision: numbers have 18 decimals, votes cut and keep values rounded up there. A count has converged when all
surpluses together are at most a billionth of a vote; votes less than a millionth apart are equal, and so are votes
and quota.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from palabre.counting.ballots import Option, Ranking, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.stv import stages
from palabre.counting.stv.stages import Stage
from palabre.counting.ties import Fork, TieRule, every_way

ONE = 10**18
CONVERGED = ONE // 10**9
EQUAL = ONE // 10**6
SHOWN = 10**6  # what a page is told is rounded to a millionth
ROUNDS = 20_000


@dataclass(frozen=True)
class MeekSTV:
    name: ClassVar[str] = "meek-stv"
    ballot: ClassVar = Ranking
    seats: int = 1

    def count(self, poll: Poll[Ranking], ties: TieRule | None = None) -> Result:
        if self.seats < 1:
            raise Unfit("At least one seat is to be filled.")
        return stages.result(
            self.name, poll, self.seats, every_way(lambda fork: _Sheet(poll, self.seats, fork).run(), ties)
        )


@dataclass
class _Standing:
    """How votes stand under certain keep values."""

    votes: dict[Option, int]
    quota: int
    exhausted: int


class _Sheet:
    """The sheet on which one count is kept. Numbers are whole, in units of 10⁻¹⁸ of a vote."""

    def __init__(self, poll: Poll[Ranking], seats: int, fork: Fork) -> None:
        self.seats, self.fork = seats, fork
        self.papers = stages.papers(poll)
        self.total = sum(self.papers.values()) * ONE
        self.hopeful = list(poll.options)
        self.elected: list[Option] = []
        self.keeps: dict[Option, int] = {}
        self.stages: list[Stage] = []

    def run(self) -> tuple[Stage, ...]:
        if not self.total:
            return ()
        did: tuple[str, Option | None] = ("first", None)
        before: dict[Option, int] = {}
        while True:
            standing, found = self._converged()
            if len(self.hopeful) <= self.seats - len(self.elected):
                found = sorted(self.hopeful, key=lambda each: -standing.votes[each])
            self._close(did, before, standing, found)
            before = standing.votes
            if len(self.elected) >= self.seats or not self.hopeful:
                return tuple(self.stages)
            did = ("surplus", None) if found else ("exclusion", self._exclude(standing))

    def _converged(self) -> tuple[_Standing, list[Option]]:
        """Keep values are lowered until surpluses are gone; how things stand then, and who has the quota now."""
        groups = self._grouped()
        for _ in range(ROUNDS):
            standing = self._standing(groups)
            surplus = sum(max(0, standing.votes[each] - standing.quota) for each in self.elected)
            if surplus <= CONVERGED:
                break
            for each in self.elected:
                votes = standing.votes[each]
                if votes > standing.quota:
                    self.keeps[each] = -(-self.keeps[each] * standing.quota // votes)
        found = [each for each in self.hopeful if standing.votes[each] >= standing.quota - EQUAL]
        found.sort(key=lambda each: -standing.votes[each])
        return standing, self._seated(found)

    def _seated(self, found: list[Option]) -> list[Option]:
        """As many as there are seats: one more than that can have the quota, if all of them have it exactly."""
        free = self.seats - len(self.elected)
        rest, seated = [*found], list[Option]()
        while rest and len(seated) < free:
            state = (frozenset(rest), frozenset(seated), frozenset(self.hopeful), frozenset(self.elected))
            tied = rest if len(rest) > free - len(seated) else rest[:1]
            seated.append(self.fork.best("win", tied, state))
            rest.remove(seated[-1])
        return seated

    def _grouped(self) -> dict[tuple[Option, ...], int]:
        """Papers by what of them matters still: elected options, up to the first hopeful one, which keeps all."""
        elected, hopeful = set(self.elected), set(self.hopeful)
        groups: dict[tuple[Option, ...], int] = {}
        for order, number in self.papers.items():
            matters = []
            for option in order:
                if option in hopeful:
                    matters.append(option)
                    break
                if option in elected:
                    matters.append(option)
            key = tuple(matters)
            groups[key] = groups.get(key, 0) + number
        return groups

    def _standing(self, groups: dict[tuple[Option, ...], int]) -> _Standing:
        votes = dict.fromkeys([*self.elected, *self.hopeful], 0)
        for order, number in groups.items():
            left = number * ONE
            for option in order:
                keep = self.keeps.get(option)
                kept = left if keep is None else left * keep // ONE
                votes[option] += kept
                left -= kept
        kept = sum(votes.values())
        return _Standing(votes, kept // (self.seats + 1), self.total - kept)

    def _close(
        self, did: tuple[str, Option | None], before: dict[Option, int], standing: _Standing, found: Sequence[Option]
    ) -> None:
        self.elected += found
        self.hopeful = [each for each in self.hopeful if each not in found]
        moved = {
            each: standing.votes.get(each, 0) - before.get(each, 0)
            for each in {**before, **standing.votes}
            if standing.votes.get(each, 0) != before.get(each, 0)
        }
        self.stages.append(
            Stage(
                *did,
                _real(standing.quota),
                _reals(standing.votes),
                _reals(moved),
                _real(standing.exhausted),
                tuple(found),
                _reals(self.keeps),
            )
        )
        self.keeps |= dict.fromkeys(found, ONE)

    def _exclude(self, standing: _Standing) -> Option:
        """Who has the fewest votes goes, and the count begins as if they had never been there."""
        fewest = min(standing.votes[each] for each in self.hopeful)
        tied = [each for each in self.hopeful if standing.votes[each] - fewest < EQUAL]
        state = (frozenset(tied), frozenset(self.hopeful), frozenset(self.elected)) if len(tied) > 1 else None
        loser = self.fork.worst("exclusion", tied, state)
        self.hopeful.remove(loser)
        # From one again: what is left of rounding would otherwise depend on the way that led here.
        self.keeps = dict.fromkeys(self.elected, ONE)
        return loser


def _real(votes: int) -> Fraction:
    return Fraction(round(Fraction(votes * SHOWN, ONE)), SHOWN)


def _reals(votes: dict[Option, int]) -> dict[Option, Fraction]:
    return {option: _real(number) for option, number in votes.items()}
