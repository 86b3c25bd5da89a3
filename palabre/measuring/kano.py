"""Kano's model (Kano et al., JSQC 1984; Berger et al., CQM Journal 1993): what a feature is to people.

How do you feel if it is there? How, if it is not? Each pair of answers puts one person into a category, and a feature
is what it is to most. Fong's test (CQM Journal 1996) says whether most is more than chance.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from palabre.measuring.intervals import Share

FEELINGS = ("like", "must", "neutral", "live", "dislike")
ATTRACTIVE, ONE_DIMENSIONAL, MUST_BE, INDIFFERENT, REVERSE, QUESTIONABLE = "AOMIRQ"
ORDER = (MUST_BE, ONE_DIMENSIONAL, ATTRACTIVE, INDIFFERENT, REVERSE, QUESTIONABLE)  # between equals, what hurts first
TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")  # a line for each feeling if it is there
WORRYING = 0.02  # of questionable answers: the question was not understood


def category(there: str, missing: str) -> str:
    """What a feature is to somebody who feels so if it is there, and so if it is missing."""
    return TABLE[FEELINGS.index(there)][FEELINGS.index(missing)]


@dataclass(frozen=True)
class Verdict:
    """`better`: the share of those it concerns whom it would please. `worse`: whom its absence would upset; often
    written with a minus. `second` comes next; when it is not `clear`, Fong's test cannot tell the two apart."""

    number: int
    counts: dict[str, int]
    category: str | None
    second: str | None
    clear: bool
    better: Share
    worse: Share

    @property
    def is_questionable(self) -> bool:
        return self.number > 0 and self.counts[QUESTIONABLE] / self.number > WORRYING


def judge(pairs: Iterable[tuple[str, str]]) -> Verdict:
    """What the feature is, from what each said (`FEELINGS`): if it is there, if it is missing."""
    return tally(Counter(category(there, missing) for there, missing in pairs))


def tally(counted: Counter[str]) -> Verdict:
    """What it is, by how many put it into each category."""
    counts = {each: counted[each] for each in ORDER}
    number = sum(counts.values())
    first, second = sorted(ORDER, key=lambda each: (-counts[each], ORDER.index(each)))[:2]
    concerned = sum(counts[each] for each in (ATTRACTIVE, ONE_DIMENSIONAL, MUST_BE, INDIFFERENT))
    return Verdict(
        number,
        counts,
        first if number else None,
        second if number else None,
        bool(number) and differs(counts[first], counts[second], number),
        Share(counts[ATTRACTIVE] + counts[ONE_DIMENSIONAL], concerned),
        Share(counts[ONE_DIMENSIONAL] + counts[MUST_BE], concerned),
    )


def differs(first: int, second: int, number: int) -> bool:
    """Fong's test at 90 %: whether the two largest of `number` differ by more than chance."""
    both = first + second
    return abs(first - second) >= 1.65 * math.sqrt(both * (2 * number - both) / (2 * number))
