"""The search engine alone: 200,000 items, a reader of 60 spaces out of 300, passages of the first ten.

python -m bench.engine FOLDER
"""

import json
import os
import random
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from bench.prose import Prose
from palabre.project.instance import prepare_django

ITEMS, SPACES, SEEN, ASKED = 200_000, 300, 60, 400


def measure(folder: Path) -> dict[str, float]:
    """Seconds to index, and the latencies of a search with its passages, in milliseconds."""
    from django.utils import timezone

    from palabre.search import query, retrieval
    from palabre.search.engine import Shelf
    from palabre.search.passages import Marker
    from palabre.search.plan import Asked
    from palabre.search.retrieval import Reach
    from palabre.search.schema import Entry

    shelf, prose, choose = Shelf(folder), Prose(3), random.Random(4)  # noqa: S311
    texts = [" ".join(prose.sentence() for _ in range(5)) for _ in range(2_000)]
    begun = time.perf_counter()
    with shelf.rebuilding() as writer:
        writer.add(
            Entry(
                id=number,
                kind="page",
                space=choose.randrange(SPACES),
                author=number % 50,
                title=prose.title(),
                text=texts[choose.randrange(len(texts))],
                language="en",
                written=timezone.now(),
            )
            for number in range(1, ITEMS + 1)
        )
        writer.commit((1, 1))
    indexed = time.perf_counter() - begun
    searcher, _ = shelf.snapshot()
    reach = Reach(choose.sample(range(SPACES), SEEN))
    spent = []
    for _ in range(ASKED):
        text = " ".join(prose.words(2))
        before = time.perf_counter()
        tree = query.parse(text)
        found = retrieval.search(searcher, Asked(tree, now=timezone.now()), reach)
        marker = Marker.of(tree)
        for hit in found.hits(0, 10):
            marker.title(hit.kept.title, hit.kept.language)
            marker.passage([hit.kept.text, *hit.kept.more], hit.kept.language)
        spent.append((time.perf_counter() - before) * 1000)
    spent.sort()
    return {"indexed": indexed, "p50": spent[len(spent) // 2], "p95": spent[int(len(spent) * 0.95)]}


if __name__ == "__main__":
    prepare_django()
    json.dump(measure(Path(sys.argv[1])), sys.stdout)
