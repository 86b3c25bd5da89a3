"""Consent: what is proposed is taken unless somebody objects, however many like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from palabre.counting.ballots import Choice, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.ties import TieRule


@dataclass(frozen=True)
class Consents:
    """How many consent, how many stand aside, and how many objections nothing has resolved."""

    consents: int
    aside: int
    objections: int


@dataclass(frozen=True)
class Consent:
    """The first of two options is what was proposed, the second an objection to it; who chooses none stands aside."""

    name: ClassVar[str] = "consent"
    ballot: ClassVar = Choice

    def count(self, poll: Poll[Choice], ties: TieRule | None = None) -> Result:
        if len(poll.options) != 2:
            raise Unfit("Consent knows two options: what was proposed, and an objection.")
        proposed, objection = poll.options
        votes = dict.fromkeys(poll.options, 0)
        for ballot, weight in poll.piles:
            if ballot.option is not None:
                votes[ballot.option] += weight
        taken = frozenset({proposed} if votes[proposed] and not votes[objection] else ())
        details = Consents(votes[proposed], poll.present - sum(votes.values()), votes[objection])
        return Result(self.name, taken, taken, None, details)
