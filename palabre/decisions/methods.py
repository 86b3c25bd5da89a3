"""The methods one can choose: what each needs to be told, and the rule of `counting` that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from palabre.counting.advice import Advice
from palabre.counting.approval import MostApproved
from palabre.counting.budget.greedy import Greedy
from palabre.counting.budget.shares import EqualShares
from palabre.counting.consent import Consent
from palabre.counting.dots import MostDots
from palabre.counting.explained import RULES as EXPLAINED
from palabre.counting.explained import Explanation
from palabre.counting.judgement import MajorityJudgement
from palabre.counting.majority import Majority
from palabre.counting.quadratic import Quadratic
from palabre.counting.rules import Rule
from palabre.counting.schulze import Schulze
from palabre.counting.score import Score
from palabre.counting.stv.meek import MeekSTV
from palabre.counting.stv.scottish import ScottishSTV

Told = Mapping[str, Any]
# Balinski and Laraki's scale of six, from the worst.
GRADES = (_("To be rejected"), _("Poor"), _("Passable"), _("Fairly good"), _("Good"), _("Excellent"))
WORDED = {
    "advice": (gettext_noop("Rather for"), gettext_noop("Rather against")),
    "consent": (gettext_noop("The proposal"), gettext_noop("An objection")),
}
YES_NO = (gettext_noop("Yes"), gettext_noop("No"))  # of a majority for which nobody wrote options
OBJECTION = "2"  # the key of an objection among the options of consent
SHARES = {  # as `counting` writes them
    "0.5": (_("More than half"), Fraction(1, 2), True),
    "2/3": (_("Two thirds at least"), Fraction(2, 3), False),
    "0.75": (_("Three quarters at least"), Fraction(3, 4), False),
    "1": (_("The whole"), Fraction(1), False),
}
BASES = {
    "cast": _("of the votes cast, abstentions aside"),
    "present": _("of all who take part, abstentions included"),
    "eligible": _("of all who may vote"),
}


@dataclass(frozen=True)
class Method:
    """A rule by its name in `counting`, the fields in which its numbers are told, and how it is made of them."""

    name: str
    fields: tuple[str, ...]
    make: Callable[[Told], Rule]
    short: Any

    @property
    def explained(self) -> Explanation:
        return EXPLAINED[self.name]

    @property
    def meets_ties(self) -> bool:
        """Whether equals have to be told apart on the way, again and again, so that what decides has to be declared."""
        return self.is_budget or self.name.endswith("stv")

    @property
    def options(self) -> tuple[Any, ...]:
        """The two answers that it has by itself, where people say why beside their ballot; else none."""
        return WORDED.get(self.name, ())

    @property
    def is_budget(self) -> bool:
        return "budget" in self.fields


def titles(name: str, options: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The options of a vote by the rule of that name, as its reader calls them: those that the rule has by itself are
    said in the reader's language, those that somebody wrote as they were written (decision 69).
    """
    written = {each["key"]: each["title"] for each in options}
    words = words_of_the_house(name, written.values())
    return dict(zip(written, map(gettext, words), strict=True)) if words else written


def words_of_the_house(name: str, written: Iterable[str]) -> tuple[str, ...]:
    """The answers that are the house's words, to be translated; () where somebody worded the options. Yes and no are
    that wherever nothing else is to be answered, in whichever of the two languages they were kept.
    """
    return WORDED.get(name) or (YES_NO if name == "majority" and tuple(written) in _yes_no() else ())


@cache
def _yes_no() -> frozenset[tuple[str, ...]]:
    pairs = set()
    for language, _label in settings.LANGUAGES:
        with override(language):
            pairs.add(tuple(map(gettext, YES_NO)))
    return frozenset(pairs)


def _majority(told: Told) -> Rule:
    _label, share, strict = SHARES[told["share"]]
    return Majority(told["base"], share, strict)


METHODS = {
    each.name: each
    for each in (
        Method("advice", (), lambda told: Advice(), _("Opinions are asked for, one decides")),
        Method("consent", (), lambda told: Consent(), _("Taken, unless somebody objects")),
        Method("majority", ("share", "base"), _majority, _("Yes, no or abstain")),
        Method("approval", ("seats",), lambda told: MostApproved(told["seats"]), _("All that one can live with")),
        Method(
            "score",
            ("highest", "seats"),
            lambda told: Score(told["highest"], told["seats"]),
            _("Points for each option"),
        ),
        Method(
            "majority-judgement",
            ("seats",),
            lambda told: MajorityJudgement(len(GRADES), "gauge", told["seats"]),
            _("A grade in words for each option"),
        ),
        Method("schulze", (), lambda told: Schulze(), _("Options in order, one is chosen")),
        Method("scottish-stv", ("seats",), lambda told: ScottishSTV(told["seats"]), _("Options in order, for seats")),
        Method("meek-stv", ("seats",), lambda told: MeekSTV(told["seats"]), _("Options in order, for seats")),
        Method(
            "dots",
            ("dots", "each", "seats"),
            lambda told: MostDots(told["dots"], told["each"], told["seats"]),
            _("A few dots to put"),
        ),
        Method(
            "quadratic",
            ("credits", "against", "seats"),
            lambda told: Quadratic(told["credits"], told["against"], told["seats"]),
            _("How much it matters, at a rising price"),
        ),
        Method(
            "equal-shares",
            ("budget",),
            lambda told: EqualShares(told["budget"], told["costs"]),
            _("A sum for projects, in equal shares"),
        ),
        Method(
            "greedy-budget",
            ("budget",),
            lambda told: Greedy(told["budget"], told["costs"]),
            _("A sum for projects, most wanted first"),
        ),
    )
}


def beside(rule: Rule) -> list[Rule]:
    """The other rules that can count the same ballots with what was declared; they may disagree."""
    match rule:
        case Schulze():
            return [ScottishSTV(1)]
        case ScottishSTV(seats):
            return [MeekSTV(seats), *([Schulze()] if seats == 1 else [])]
        case MeekSTV(seats):
            return [ScottishSTV(seats), *([Schulze()] if seats == 1 else [])]
        case EqualShares(budget, costs):
            return [Greedy(budget, costs)]
        case Greedy(budget, costs):
            return [EqualShares(budget, costs)]
    return []
