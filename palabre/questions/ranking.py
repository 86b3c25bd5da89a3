"""Which answer stands first: by what its votes allow to say of it, and not by their number alone."""

from collections.abc import Iterable
from math import sqrt
from statistics import NormalDist
from typing import Protocol, TypeVar

CONFIDENCE = 0.95


class Ranked(Protocol):
    """What is ranked: votes for and against it, whether it is accepted, and its number, which follows its date."""

    @property
    def ups(self) -> int: ...

    @property
    def downs(self) -> int: ...

    @property
    def is_accepted(self) -> bool: ...

    @property
    def pk(self) -> int: ...


R = TypeVar("R", bound=Ranked)


def lower_bound(ups: int, downs: int, confidence: float = CONFIDENCE) -> float:
    """The lower end of Wilson's interval for the share of votes that are for: from 0 to 1, and 0 without any vote.

    (p + z²/2n - z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n), with n votes, p of them for, and z the two-sided quantile of the
    normal distribution: 1.96 for 95 %. E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association 22 (1927), 209-212. 10 of 10 give .722, 90 of 100
    give .826: many votes weigh more than few, however unanimous.
    """
    n = ups + downs
    if n == 0:
        return 0.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p = ups / n
    centre, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (centre - spread) / (1 + z * z / n))


def ranked(answers: Iterable[R]) -> list[R]:
    """The accepted one first, then by the lower bound; of equals, fewer votes against, then the elder."""
    return sorted(
        answers, key=lambda each: (not each.is_accepted, -lower_bound(each.ups, each.downs), each.downs, each.pk)
    )
