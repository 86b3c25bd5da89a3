"""Typing mistakes: words near one that nothing the reader may see holds, taken out of documents they may see.

Nothing is asked of the vocabulary of the whole index: whether a word exists somewhere else must not show.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from tantivy import Occur, Query, Searcher

from palabre.search import analysis
from palabre.search.bounds import bounds
from palabre.search.clauses import held, within
from palabre.search.plan import Asked
from palabre.search.retrieval import Reach
from palabre.search.schema import SCHEMA, Kept, matches

SHORTEST = 4
FIRST_MAY_ERR = 6  # letters from which on even the first may be mistaken; of shorter words too many are alike
LONG = 8
LOOKED_AT = 10
KEPT = 3
MOST = 6


def variants(searcher: Searcher, asked: Asked, reach: Reach) -> dict[str, list[str]]:
    """For each word asked for that the reader's documents do not hold, the nearest that they do, best first."""
    found, inside = {}, bounds(searcher, reach.spaces)
    for piece in asked.weighty[:MOST]:
        if len(piece) < SHORTEST or any(c.isdigit() for c in piece) or analysis.unspaced(piece):
            continue
        known = matches(searcher.search(within(held(piece), inside, reach.hidden), 1))
        if not known and (near := _near(searcher, piece, reach)):
            found[piece] = near
    return found


def _near(searcher: Searcher, piece: str, reach: Reach) -> list[str]:
    sought = _flat(piece)
    stems = {language: {sought, *_stems(piece, language)} for language in analysis.ANALYSED}
    furthest = 2 if len(sought) >= LONG else 1
    for distance in range(1, furthest + 1):
        alike = [(name, word) for word in set().union(*stems.values()) for name in ("title", "text", "more")]
        alike += [(name, sought) for name in ("title_words", "words")]
        fuzzy = Query.boolean_query(
            [(Occur.Should, Query.fuzzy_term_query(SCHEMA, name, word, distance)) for name, word in alike]
        )
        hits = searcher.search(within(fuzzy, bounds(searcher, reach.spaces), reach.hidden), LOOKED_AT, count=False).hits
        seen: Counter[str] = Counter()
        for _, address in hits:
            kept = Kept.of(searcher.doc(address))
            texts = (kept.title, kept.text, *kept.more)
            seen.update(set(_close(texts, stems.get(kept.language, {sought}), distance, kept.language)))
        if seen:
            return [word for word, _ in seen.most_common(KEPT)]
    return []


def _close(texts: Iterable[str], sought: Collection[str], furthest: int, language: str) -> Iterator[str]:
    """The words of these texts that are one of those sought but for a mistake, in whatever form they stand there."""
    longest = max(map(len, sought)) + furthest + 1
    for text in texts:
        for word in analysis.pieces(text):
            if len(word) <= longest and (flat := _flat(word)) not in sought:
                forms = {flat, *_stems(word, language)}
                if any(_alike(form, other, furthest) for form in forms for other in sought):
                    yield word


def _alike(word: str, sought: str, furthest: int) -> bool:
    if abs(len(word) - len(sought)) > furthest or word == sought:
        return False
    return (len(sought) >= FIRST_MAY_ERR or word[:1] == sought[:1]) and distance(word, sought) <= furthest


@lru_cache(maxsize=2_000)
def _flat(word: str) -> str:
    return "".join(analysis.plain(word))


@lru_cache(maxsize=2_000)
def _stems(word: str, language: str) -> tuple[str, ...]:
    """What its forms have in common, where that is still long enough to be mistaken for nothing else."""
    if language not in analysis.ANALYSED:
        return ()
    return tuple(flat for stem in analysis.stem(word, language) if len(flat := _flat(stem)) >= SHORTEST)


def distance(a: str, b: str) -> int:
    """Optimal string alignment: insertions, deletions, exchanges, and two neighbours that changed places."""
    before: list[int] = []
    last: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = last, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
    return row[-1]
