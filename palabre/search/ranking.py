"""The order of results: how well the words answer, then how much the page is worth believing.

The engine orders by text alone. Its first few hundred are put in their final order here by what cannot stand in an
index because it moves with the clock or with other pages: authority (how much the house links to it), freshness, trust.
All three multiply, gently: each may overturn a near tie, none may bring up what does not answer.
"""

import math
from collections.abc import Sequence
from datetime import datetime

from tantivy import DocAddress, Searcher

from palabre.search.schema import NEVER

WINDOW = 200
AUTHORITY = 0.05  # for each doubling of the authority of an ordinary page
AUTHORITY_BOUNDS = (0.9, 1.25)
FRESH = 0.1  # gained by what was written just now, halved every half-life
HALF_LIFE = 120 * 86_400
VERIFIED = 1.15
OUTDATED = 0.6
ARCHIVED = 0.5

Hits = Sequence[tuple[float, DocAddress]]


def ordered(searcher: Searcher, hits: Hits, now: datetime) -> list[tuple[float, DocAddress, int]]:
    """The hits with their final score and the id of their item, best first."""
    places = [address for _, address in hits]

    def column(name: str) -> Sequence:
        return searcher.fast_field_values(name, places)

    moment = now.timestamp()
    rows = zip(
        hits,
        column("id"),
        column("authority"),
        column("updated"),
        column("verified_until"),
        column("outdated"),
        column("archived"),
        strict=True,
    )
    scored = [
        (score * worth(authority, updated, verified, outdated, archived, moment), address, pk)
        for (score, address), pk, authority, updated, verified, outdated, archived in rows
    ]
    scored.sort(key=lambda hit: (-hit[0], -hit[2]))
    return scored


def worth(authority: float, updated: int, verified_until: int, outdated: bool, archived: bool, now: float) -> float:
    low, high = AUTHORITY_BOUNDS
    value = min(high, max(low, 1 + AUTHORITY * math.log2(max(authority, 1e-6))))
    if updated != NEVER:
        value *= 1 + FRESH * 2 ** (-max(0.0, now - updated) / HALF_LIFE)
    if archived:
        value *= ARCHIVED
    if outdated or NEVER < verified_until <= now:
        return value * OUTDATED
    return value * VERIFIED if verified_until > now else value
