"""The order of results: how well the words answer, then how much the page is worth believing.

The engine orders by text alone. Its first few hundred are put in their final order here by what cannot stand in an
index because it moves with the clock or with other pages: authority (how much the house links to it), freshness, trust.
All three multiply, gently: each may overturn a near tie, none may bring up what does not answer.
"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
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
    """The hits with their final score and the id of their item, best first; of equals, the newest item."""
    places = [address for _, address in hits]

    keys = searcher.fast_field_values("id", places)
    authority, updated, verified_until, outdated, archived = (
        _column(searcher, name, places) for name in ("authority", "updated", "verified_until", "outdated", "archived")
    )
    worth = _worth(authority, updated, verified_until, outdated != 0, archived != 0, now.timestamp())
    scores = np.array([score for score, _ in hits], float) * worth
    order = np.lexsort((-np.array(keys, np.int64), -scores))
    final = scores.tolist()
    return [(final[at], places[at], int(keys[at])) for at in order.tolist()]


def fallen(searcher: Searcher, places: list[DocAddress], now: datetime) -> list[bool]:
    """Of each, whether it may be out of date: replaced, said to be so, or not verified again in time."""
    outdated, verified_until = (_column(searcher, name, places) for name in ("outdated", "verified_until"))
    return [bool(each) for each in _fallen(outdated != 0, verified_until, now.timestamp())]


def _column(searcher: Searcher, name: str, places: list[DocAddress]) -> np.ndarray:
    return np.array(searcher.fast_field_values(name, places), float)


def _fallen(outdated: np.ndarray, verified_until: np.ndarray, now: float) -> np.ndarray:
    return outdated | ((verified_until > NEVER) & (verified_until <= now))


def _worth(
    authority: np.ndarray,
    updated: np.ndarray,
    verified_until: np.ndarray,
    outdated: np.ndarray,
    archived: np.ndarray,
    now: float,
) -> np.ndarray:
    """What the score of each is multiplied by; all of one length, times in seconds."""
    value = (1 + AUTHORITY * np.log2(np.maximum(authority, 1e-6))).clip(*AUTHORITY_BOUNDS)
    fresh = 1 + FRESH * np.exp2(-np.maximum(0, now - updated) / HALF_LIFE)
    value *= np.where(updated == NEVER, 1, fresh)
    value *= np.where(archived, ARCHIVED, 1)
    trust = np.where(verified_until > now, VERIFIED, 1)
    return value * np.where(_fallen(outdated, verified_until, now), OUTDATED, trust)
