"""The criteria by which ideas are weighed: those of their campaign, else the usual four.

Whatever a criterion is about, a high mark speaks for the idea: 5 is a low cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LOWEST, HIGHEST = 1, 5
MOST, LONGEST = 6, 60
MARKS = range(LOWEST, HIGHEST + 1)


@dataclass(frozen=True)
class Criterion:
    """key: under which a mark is kept. low and high: what 1 and 5 say."""

    key: str
    label: Any
    low: Any
    high: Any


USUAL = (
    Criterion("value", _("Value"), pgettext_lazy("value", "little"), pgettext_lazy("value", "much")),
    Criterion("cost", _("Cost"), pgettext_lazy("cost", "high"), pgettext_lazy("cost", "low")),
    Criterion("risk", _("Risk"), pgettext_lazy("risk", "high"), pgettext_lazy("risk", "low")),
    Criterion("fit", _("Fit with what we want"), pgettext_lazy("fit", "poor"), pgettext_lazy("fit", "good")),
)
AGAINST, FOR = _("speaks against it"), _("speaks for it")


def of(names: Iterable[str]) -> tuple[Criterion, ...]:
    """The criteria that a campaign names; the usual ones where it names none."""
    return tuple(Criterion(name, name, AGAINST, FOR) for name in names) or USUAL


def known(keys: Iterable[str], among: Sequence[Criterion]) -> list[Criterion]:
    """Those under which marks were kept, in their order; one that an idea was weighed by elsewhere comes last."""
    kept = dict.fromkeys(keys)
    named = {each.key: each for each in (*USUAL, *among)}
    order = dict.fromkeys(each.key for each in (*among, *USUAL) if each.key in kept)
    return [named.get(key) or Criterion(key, key, AGAINST, FOR) for key in order | kept]


def score(marks: Mapping[str, int], keys: Sequence[str]) -> float:
    """The mean of the marks on these criteria, each of which has one."""
    return sum(marks[key] for key in keys) / len(keys)


def named(typed: str) -> list[str]:
    """The names that somebody wrote, one a line, each once."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return list(dict.fromkeys(line for line in lines if line))
