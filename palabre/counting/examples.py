"""The ballots of the worked examples, so that what the words say is what the rules count."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from palabre.counting.advice import Advice
from palabre.counting.approval import MostApproved
from palabre.counting.ballots import Approval, Choice, Credits, Dots, Grades, Option, Ranking, Scores
from palabre.counting.budget.greedy import Greedy
from palabre.counting.budget.shares import EqualShares
from palabre.counting.consent import Consent
from palabre.counting.dots import MostDots
from palabre.counting.judgement import MajorityJudgement
from palabre.counting.majority import Majority
from palabre.counting.poll import Poll
from palabre.counting.quadratic import Quadratic
from palabre.counting.rules import Rule
from palabre.counting.schulze import Schulze
from palabre.counting.score import Score
from palabre.counting.stv.meek import MeekSTV
from palabre.counting.stv.scottish import ScottishSTV


@dataclass(frozen=True)
class Example:
    """A rule with ballots, and who wins."""

    rule: Rule
    poll: Poll[Any]
    winners: frozenset[Option]


DAYS = Poll.of(
    ["monday", "tuesday", "friday"],
    {
        Approval(frozenset({"monday", "tuesday"})): 2,
        Approval(frozenset({"monday", "friday"})): 2,
        Approval(frozenset({"tuesday"})): 1,
    },
)
PLACES = Poll.of(
    ["garden", "terrace"],
    {Scores.of({"garden": 5, "terrace": 4}): 2, Scores.of({"terrace": 4}): 1},
)
# Grades from 0, to be rejected, over poor, passable, fairly good and good to 5, excellent.
PLANS = Poll.of(
    ["first", "second"],
    {
        Grades.of({"first": 5, "second": 4}): 2,
        Grades.of({"first": 2, "second": 4}): 1,
        Grades.of({"first": 2, "second": 2}): 1,
        Grades.of({"first": 1, "second": 0}): 1,
    },
)
# The capital of Tennessee, a textbook case: each town is nearest to those who put it first.
TOWNS = Poll.of(
    ["memphis", "nashville", "chattanooga", "knoxville"],
    {
        Ranking.of("memphis", "nashville", "chattanooga", "knoxville"): 42,
        Ranking.of("nashville", "chattanooga", "knoxville", "memphis"): 26,
        Ranking.of("chattanooga", "knoxville", "nashville", "memphis"): 15,
        Ranking.of("knoxville", "chattanooga", "nashville", "memphis"): 17,
    },
)
# The dishes of a party, the usual illustration of the transferable vote.
DISHES = Poll.of(
    ["orange", "pear", "chocolate", "strawberry", "burger"],
    {
        Ranking.of("orange"): 4,
        Ranking.of("pear", "orange"): 2,
        Ranking.of("chocolate", "strawberry"): 8,
        Ranking.of("chocolate", "burger"): 4,
        Ranking.of("strawberry"): 1,
        Ranking.of("burger"): 1,
    },
)
ROOMS = Poll.of(["kitchen", "library"], {Dots.of({"kitchen": 5}): 1, Dots.of({"library": 3, "kitchen": 2}): 2})
WISHES = Poll.of(["gym", "nursery"], {Credits.of({"gym": 10}): 1, Credits.of({"nursery": 4}): 3})
PROJECTS = Poll.of(
    ["kitchen", "benches", "bicycles"],
    {
        Approval(frozenset({"kitchen", "benches"})): 5,
        Approval(frozenset({"kitchen"})): 1,
        Approval(frozenset({"bicycles"})): 4,
    },
)
COSTS = {"kitchen": 60, "benches": 40, "bicycles": 40}
ASSEMBLY = Poll.of(["yes", "no"], {Choice("yes"): 6, Choice("no"): 4, Choice(): 2})


def _won(*options: Option) -> frozenset[Option]:
    return frozenset(options)


EXAMPLES: dict[str, Example] = {
    "advice": Example(Advice(), Poll.of(["for", "against"], {Choice("for"): 3, Choice("against"): 2}), _won()),
    "consent": Example(
        Consent(), Poll.of(["proposal", "objection"], {Choice("proposal"): 3, Choice(): 2}), _won("proposal")
    ),
    "majority": Example(Majority("cast", Fraction(1, 2)), ASSEMBLY, _won("yes")),
    "approval": Example(MostApproved(), DAYS, _won("monday")),
    "score": Example(Score(5), PLACES, _won("terrace")),
    "majority-judgement": Example(MajorityJudgement(6), PLANS, _won("second")),
    "schulze": Example(Schulze(), TOWNS, _won("nashville")),
    "scottish-stv": Example(ScottishSTV(3), DISHES, _won("chocolate", "orange", "strawberry")),
    "meek-stv": Example(MeekSTV(3), DISHES, _won("chocolate", "orange", "strawberry")),
    "dots": Example(MostDots(5), ROOMS, _won("kitchen")),
    "quadratic": Example(Quadratic(100), WISHES, _won("nursery")),
    "equal-shares": Example(EqualShares(100, COSTS), PROJECTS, _won("kitchen", "bicycles")),
    "greedy-budget": Example(Greedy(100, COSTS), PROJECTS, _won("kitchen", "benches")),
}
