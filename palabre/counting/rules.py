"""The rules of the house, by name."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from palabre.counting.advice import Advice
from palabre.counting.approval import MostApproved
from palabre.counting.budget.greedy import Greedy
from palabre.counting.budget.shares import EqualShares
from palabre.counting.consent import Consent
from palabre.counting.dots import MostDots
from palabre.counting.judgement import MajorityJudgement
from palabre.counting.majority import Majority
from palabre.counting.poll import Poll
from palabre.counting.quadratic import Quadratic
from palabre.counting.result import Result
from palabre.counting.schulze import Schulze
from palabre.counting.score import Score
from palabre.counting.stv.meek import MeekSTV
from palabre.counting.stv.scottish import ScottishSTV
from palabre.counting.ties import TieRule


class Rule(Protocol):
    """A frozen dataclass whose fields are the rule's own numbers, declared before opening."""

    name: ClassVar[str]
    ballot: ClassVar[Any]  # the kind of ballot it counts

    def count(self, poll: Poll[Any], ties: TieRule | None = None) -> Result:
        """The result; Unfit if a ballot goes beyond what the rule's numbers allow."""


RULES: dict[str, type[Any]] = {
    each.name: each
    for each in (
        Advice,
        Consent,
        Majority,
        MostApproved,
        Score,
        MajorityJudgement,
        Schulze,
        ScottishSTV,
        MeekSTV,
        MostDots,
        Quadratic,
        EqualShares,
        Greedy,
    )
}
