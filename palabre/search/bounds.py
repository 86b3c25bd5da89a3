"""What a search may find: what stands in the spaces its reader sees. The engine is told so in the cheaper of two ways,
which mean the same in one snapshot of the index: inside of these, or outside of all others that anything stands in.

Most people of a house see nearly all of it. Measured with 67 spaces of 71, a search and its counts take two thirds of
the time when they are told of the four.
"""

from collections.abc import Sequence
from functools import lru_cache

from tantivy import Query, Searcher

from palabre.search.clauses import MUST, NOT, Clause, silent
from palabre.search.schema import any_of

MOST = 10_000  # spaces of one index that are counted


def bounds(searcher: Searcher, spaces: Sequence[int] | None) -> list[Clause]:
    """Clauses that hold what stands in `spaces` (None: in all), and not the mark of the index itself."""
    if spaces is None:
        return [_NO_MARK]
    seen = tuple(spaces)
    known = _spaces_of(searcher)
    if known is not None and len(others := known.difference(seen)) < len(seen):
        return [_NO_MARK, (NOT, any_of("space", sorted(others)))] if others else [_NO_MARK]
    return [(MUST, _inside(seen))]


_NO_MARK: Clause = (NOT, any_of("mark", ["position"]))


@lru_cache(maxsize=200)  # readers ask more than once, each within the same spaces
def _inside(spaces: tuple[int, ...]) -> Query:
    return silent(any_of("space", spaces))


@lru_cache(maxsize=2)  # snapshots, of which none is kept for long
def _spaces_of(searcher: Searcher) -> frozenset[int] | None:
    """Every space that something of a snapshot stands in; None where they are too many to be counted."""
    counted = searcher.aggregate(Query.all_query(), {"spaces": {"terms": {"field": "space", "size": MOST}}})["spaces"]
    if counted["sum_other_doc_count"]:
        return None
    return frozenset(int(bucket["key"]) for bucket in counted["buckets"])
