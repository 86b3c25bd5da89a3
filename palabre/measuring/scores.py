"""Scores of satisfaction: would they recommend it (NPS), are they content (CSAT), was it easy (CES)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from palabre.measuring.intervals import Interval, Mean, Share, Z, mean


@dataclass(frozen=True)
class Promoters:
    """The net promoter score (Reichheld 2003), from -100 to 100, its interval by the adjusted Wald (Rocks, The American
    Statistician 2016): three more answers are reckoned with, of which 0.75 promote and 0.75 detract."""

    promoters: int
    passives: int
    detractors: int

    @property
    def number(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> float:
        return 100 * (self.promoters - self.detractors) / self.number if self.number else 0.0

    @property
    def interval(self) -> Interval:
        more = self.number + 3
        up, down = (self.promoters + 0.75) / more, (self.detractors + 0.75) / more
        reach = Z * math.sqrt((up + down - (up - down) ** 2) / more)
        return Interval(100 * max(-1.0, up - down - reach), 100 * min(1.0, up - down + reach))


def promoters(ratings: Sequence[int]) -> Promoters:
    """Of ratings from 0 to 10: nine and ten promote, seven and eight are passive, the others detract."""
    up, down = sum(each >= 9 for each in ratings), sum(each <= 6 for each in ratings)
    return Promoters(up, len(ratings) - up - down, down)


def satisfied(ratings: Sequence[int], *, top: int = 4) -> Share:
    """CSAT: who gave one of the two highest of five."""
    return Share(sum(each >= top for each in ratings), len(ratings))


def effort(ratings: Sequence[int]) -> Mean:
    """CES (Dixon, Freeman and Toman 2010; version 2): the mean of how far people agree, of seven, that it was easy."""
    return mean(ratings)
