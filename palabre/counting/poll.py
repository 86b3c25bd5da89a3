"""All the ballots of one question, equal ones in one pile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from palabre.counting.ballots import B, Option, Unfit


@dataclass(frozen=True)
class Poll(Generic[B]):
    """Options in the order of the ballot, piles of (ballot, votes), and how many there were.

    `present` is who took part, abstentions included; `eligible` is who might have, if that was a frozen list.
    """

    options: tuple[Option, ...]
    piles: tuple[tuple[B, int], ...]
    present: int
    eligible: int | None = None

    @classmethod
    def of(
        cls,
        options: Sequence[Option],
        ballots: Mapping[B, int],
        *,
        present: int | None = None,
        eligible: int | None = None,
    ) -> Poll[B]:
        """`ballots` is each ballot with its votes (a `Counter`). Unfit: what options or numbers do not allow."""
        known = set(options)
        if len(known) < len(options):
            raise Unfit("An option stands twice in the list of options.")
        votes = 0
        for ballot, weight in ballots.items():
            if type(weight) is not int or weight < 1:
                raise Unfit(f"A ballot counts a whole number of votes, one at least: {weight!r}.")
            if not known.issuperset(ballot.named()):
                unknown = next(option for option in ballot.named() if option not in known)
                raise Unfit(f"A ballot names an option that was not there: {unknown!r}.")
            votes += weight
        present = votes if present is None else present
        if present < votes:
            raise Unfit(f"There are {votes} votes of {present} present.")
        if eligible is not None and eligible < present:
            raise Unfit(f"{present} took part, and only {eligible} might.")
        return cls(tuple(options), tuple(ballots.items()), present, eligible)

    @property
    def votes(self) -> int:
        return sum(weight for _, weight in self.piles)

    def in_order(self, options: Any) -> tuple[Option, ...]:
        """Those of the options that are in `options`, in the order of the ballot."""
        return tuple(option for option in self.options if option in options)
