"""How far two ways of grouping the same people agree: Hubert and Arabie's adjusted Rand index (1985)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from math import comb


def adjusted_rand(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """1 for the same groups, about 0 for what chance would do."""
    both = sum(comb(each, 2) for each in Counter(zip(one, other, strict=True)).values())
    first = sum(comb(each, 2) for each in Counter(one).values())
    second = sum(comb(each, 2) for each in Counter(other).values())
    whole = comb(len(one), 2)
    chance = first * second / whole if whole else 0.0
    most = (first + second) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)
