"""Groups of opinion, as pol.is finds them (Small et al., Recerca 26:2, 2021): who votes alike on short statements.

Votes become two principal components; a person stands where their own votes put them, drawn outwards the fewer they
gave; the groups are those of k-means whose silhouette is best. Votes are a table of people by statements: 1 agrees,
-1 disagrees, 0 passes, NaN has not seen it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any  # of numpy
ENOUGH, FEWEST = 7, 15  # votes that place somebody; people below whom those with fewer are taken in, too
MOST_GROUPS, STARTS, ROUNDS, SEED = 5, 20, 100, 2012
SAMPLE = 1000  # people between whom silhouettes are measured, which takes all pairs


@dataclass(frozen=True)
class Map:
    """`people` are the rows that could be placed, `places` where they stand, `labels` their groups, the largest 0.

    silhouettes: by number of groups, how well that many stand apart. axes: of each statement, where it pulls.
    """

    people: Array
    places: Array
    labels: Array
    silhouettes: dict[int, float]
    axes: Array

    @property
    def groups(self) -> int:
        return int(self.labels.max()) + 1 if len(self.labels) else 0


def draw(votes: Array, *, groups: int | None = None, left_out: Collection[int] = (), least: int = 1) -> Map | None:
    """The map of these votes, in `groups` groups if told; statements `left_out` by a moderator have no say. None when
    too few people voted for there to be two groups, of `least` people each.
    """
    people = placeable(votes)
    kept = np.array(votes[people], dtype=float)
    kept[:, list(left_out)] = 0.0
    if len(people) < 3 or not kept.size:
        return None
    places, axes = project(kept)
    if len(np.unique(places.round(9), axis=0)) < 2:
        return None
    most = min(MOST_GROUPS, 2 + len(people) // 12, len(np.unique(places.round(9), axis=0)) - 1)
    numbers = [groups] if groups else list(range(2, max(2, most) + 1))
    found = {number: cluster(places, number) for number in numbers}
    large = [number for number in numbers if np.bincount(found[number], minlength=number).min() >= least]
    if not large:
        return None
    apart = {number: silhouette(places, found[number]) for number in large}
    best = max(large, key=lambda number: (apart[number], -number))
    return Map(people, places, found[best], apart, axes)


def placeable(votes: Array) -> Array:
    """The rows with enough votes; when they are few, those with the most of the others as well."""
    given = (~np.isnan(votes)).sum(axis=1)
    enough = np.flatnonzero(given >= min(ENOUGH, votes.shape[1]))
    if len(enough) < FEWEST:
        others = [row for row in np.argsort(-given, kind="stable") if given[row] and row not in set(enough)]
        enough = np.sort(np.concatenate([enough, np.array(others[: FEWEST - len(enough)], dtype=int)]))
    return enough


def project(votes: Array) -> tuple[Array, Array]:
    """Where people stand in two principal components, and the components by statement.

    What somebody has not seen counts as the mean of those who have; their place is drawn outwards by the square root of
    the share they have not seen.
    """
    seen = ~np.isnan(votes)
    means = np.where(seen.any(axis=0), np.nansum(votes, axis=0) / np.maximum(seen.sum(axis=0), 1), 0.0)
    centred = np.where(seen, votes - means, 0.0)
    _values, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1][:, :2]
    axes = np.pad(axes, ((0, 0), (0, 2 - axes.shape[1])))  # one statement has but one direction
    axes = axes * np.where(axes.sum(axis=0) < 0, -1.0, 1.0)  # an axis has no sign of its own: the same one each time
    reach = np.sqrt(votes.shape[1] / np.maximum(seen.sum(axis=1), 1))
    return (centred @ axes) * reach[:, None], axes


def cluster(places: Array, number: int) -> Array:
    """The groups of k-means, the best of several starts (Arthur and Vassilvitskii 2007), the largest group first."""
    rng = np.random.default_rng(SEED)
    best, least = None, np.inf
    for _start in range(STARTS):
        labels, spread = _settle(places, _spread_out(places, number, rng))
        if spread < least - 1e-12:
            best, least = labels, spread
    assert best is not None
    sizes = np.bincount(best, minlength=number)
    rank = np.argsort(np.argsort(-sizes, kind="stable"))
    return rank[best]


def _spread_out(places: Array, number: int, rng: Any) -> Array:
    centres = [places[rng.integers(len(places))]]
    while len(centres) < number:
        far = _squared(places, np.array(centres)).min(axis=1)
        chance = far / far.sum() if far.sum() else None
        centres.append(places[rng.choice(len(places), p=chance)])
    return np.array(centres)


def _settle(places: Array, centres: Array) -> tuple[Array, float]:
    labels = np.zeros(len(places), dtype=int)
    for _round in range(ROUNDS):
        labels = _squared(places, centres).argmin(axis=1)
        moved = np.array(
            [
                places[labels == each].mean(axis=0) if (labels == each).any() else centres[each]
                for each in range(len(centres))
            ]
        )
        if np.allclose(moved, centres):
            break
        centres = moved
    return labels, float(_squared(places, centres).min(axis=1).sum())


def _squared(places: Array, centres: Array) -> Array:
    return ((places[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)


def silhouette(places: Array, labels: Array) -> float:
    """How much nearer people stand to their own group than to the next (Rousseeuw 1987), from -1 to 1."""
    if len(places) > SAMPLE:
        chosen = np.random.default_rng(SEED).choice(len(places), SAMPLE, replace=False)
        places, labels = places[chosen], labels[chosen]
    names = np.unique(labels)
    if len(names) < 2:
        return -1.0
    apart = np.sqrt(np.maximum(_squared(places, places), 0.0))
    sums = np.stack([apart[:, labels == name].sum(axis=1) for name in names], axis=1)
    sizes = np.array([(labels == name).sum() for name in names])
    own = np.searchsorted(names, labels)
    rows = np.arange(len(places))
    inner = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    others = sums / sizes
    others[rows, own] = np.inf
    outer = others.min(axis=1)
    widest = np.maximum(inner, outer)
    values = np.where((sizes[own] > 1) & (widest > 0), (outer - inner) / np.where(widest > 0, widest, 1), 0.0)
    return float(values.mean())
