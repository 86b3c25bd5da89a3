"""Schulze: who has the stronger chain of victories to each other than they have back (Schulze 2011, section 2.2).

A victory is as strong as the votes that won it; a chain as its weakest victory. Social Choice and Welfare 36:267.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from palabre.counting.ballots import Option, Ranking
from palabre.counting.pairwise import Pairwise
from palabre.counting.poll import Poll
from palabre.counting.result import Ranks, Result, first_of
from palabre.counting.ties import TieRule


@dataclass(frozen=True)
class Chains:
    """The pairwise table, and `strongest[i][j]`, the strength of the strongest chain from option i to option j."""

    pairwise: Pairwise
    strongest: tuple[tuple[int, ...], ...]
    condorcet_winner: Option | None
    smith_set: frozenset[Option]


@dataclass(frozen=True)
class Schulze:
    name: ClassVar[str] = "schulze"
    ballot: ClassVar = Ranking

    def count(self, poll: Poll[Ranking], ties: TieRule | None = None) -> Result:
        pairwise = Pairwise.of(poll)
        chains = Chains(pairwise, strongest(pairwise), pairwise.condorcet_winner(), pairwise.smith_set())
        ranking = _layers(poll.options, chains.strongest)
        named = any(ballot.ranks for ballot, _ in poll.piles)
        winners, sure, met = first_of(ranking if named else (), 1, ties)
        return Result(self.name, winners, sure, ranking, chains, met)


def strongest(pairwise: Pairwise) -> tuple[tuple[int, ...], ...]:
    """The widest paths between all pairs (Floyd and Warshall), over victories by their winning votes."""
    table = pairwise.preferring
    numbers = range(len(table))
    best = [[table[i][j] if table[i][j] > table[j][i] else 0 for j in numbers] for i in numbers]
    for by in numbers:
        for start in numbers:
            if start != by:
                reach = best[start][by]
                best[start] = [
                    max(direct, min(reach, onward)) for direct, onward in zip(best[start], best[by], strict=True)
                ]
    return tuple(tuple(0 if i == j else best[i][j] for j in numbers) for i in numbers)


def _layers(options: tuple[Option, ...], best: tuple[tuple[int, ...], ...]) -> Ranks:
    """First those whom nobody beats, then those whom nobody beats of who is left; beating is transitive."""
    left, layers = list(range(len(options))), []
    while left:
        layer = [i for i in left if all(best[i][j] >= best[j][i] for j in left)]
        layers.append(tuple(options[i] for i in layer))
        left = [i for i in left if i not in layer]
    return tuple(layers)
