"""How much the house relies on an item: PageRank over those of its links that count (`links.circles`)."""

import numpy as np
from numpy.typing import NDArray

DAMPING = 0.85
TOLERANCE = 1e-9
ROUNDS = 100


def pagerank(count: int, sources: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.float64]:
    """Scores of nodes 0…count-1, adding up to `count` (an item nobody cites stays below 1).

    Power iteration of L. Page et al., "The PageRank Citation Ranking", 1999; a node without links gives its
    weight to all, repeated links and links to oneself count for nothing more.
    """
    if not count:
        return np.zeros(0)
    edges = np.unique(np.stack([sources, targets], axis=1), axis=0) if len(sources) else np.zeros((0, 2), int)
    edges = edges[edges[:, 0] != edges[:, 1]]
    sources, targets = edges[:, 0], edges[:, 1]
    out = np.bincount(sources, minlength=count)
    share = 1.0 / np.maximum(out, 1)
    sinks = out == 0
    scores = np.full(count, 1.0 / count)
    for _ in range(ROUNDS):
        given = np.bincount(targets, weights=(scores * share)[sources], minlength=count)
        following = (1 - DAMPING) / count + DAMPING * (given + scores[sinks].sum() / count)
        moved = np.abs(following - scores).sum()
        scores = following
        if moved < TOLERANCE:
            break
    return scores * count
