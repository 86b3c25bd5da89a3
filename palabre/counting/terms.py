"""What is declared before opening: the rule, how many must take part, and what decides between equals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from palabre.counting.ballots import B, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result, Turnout
from palabre.counting.rules import Rule
from palabre.counting.ties import TieRule


@dataclass(frozen=True)
class Quorum:
    """So many people present at least, or such a share of those eligible; who abstains is present."""

    number: int | None = None
    share: Fraction | None = None

    def __post_init__(self) -> None:
        if (self.number is None) == (self.share is None):
            raise Unfit("A quorum is either a number or a share.")
        if self.share is not None and not 0 < self.share <= 1:
            raise Unfit(f"A quorum is a share above 0 and up to 1: {self.share}.")

    def turnout(self, present: int, eligible: int | None) -> Turnout:
        """Unfit: a share of an unknown number."""
        if self.share is None:
            needed = self.number or 0
        elif eligible is None:
            raise Unfit("A quorum that is a share needs the number of those eligible.")
        else:
            needed = (self.share * eligible).__ceil__()
        return Turnout(present, eligible, needed, present >= needed)


@dataclass(frozen=True)
class Terms:
    rule: Rule
    quorum: Quorum | None = None
    ties: TieRule | None = None

    def count(self, poll: Poll[B]) -> Result:
        """The result. Below the quorum nobody wins, and the count is shown all the same.

        Unfit: ballots of another kind than the rule counts, or beyond its limits.
        """
        for ballot, _ in poll.piles:
            if not isinstance(ballot, self.rule.ballot):
                raise Unfit(f"{self.rule.name} counts ballots of the kind {self.rule.ballot.kind}, not {ballot.kind}.")
        result = self.rule.count(poll, self.ties)
        if self.quorum is None:
            return result
        turnout = self.quorum.turnout(poll.present, poll.eligible)
        if turnout.reached:
            return replace(result, turnout=turnout)
        return replace(result, turnout=turnout, winners=frozenset(), sure=frozenset())
