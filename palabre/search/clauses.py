"""The words of the engine's language: a term, a phrase, a beginning, and how clauses join.

Each says one thing of a document and knows nothing of what was asked, nor of who asks; `plan` speaks with them.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

from tantivy import FieldType, Occur, Query

from palabre.search import analysis
from palabre.search.schema import SCHEMA, any_of

FIELDS = {"text": 1.0, "more": 0.4}
GRAM = 0.15
GRAM_SHARE = 0.7
MAX_GRAMS = 24

MUST, SHOULD, NOT = Occur.Must, Occur.Should, Occur.MustNot
Clause = tuple[Occur, Query]


def within(query: Query, bounds: Sequence[Clause], hidden: Sequence[int] = (), narrow: Sequence[Query] = ()) -> Query:
    """The query inside what its reader may see (`bounds`), without what the journal says has since changed."""
    clauses = [(MUST, query), *bounds, *((MUST, silent(part)) for part in narrow)]
    if hidden:
        clauses.append((NOT, any_of("id", hidden)))
    return Query.boolean_query(clauses)


def between(name: str, start: int | None = None, end: int | None = None) -> Query:
    """From `start` on and before `end`, in seconds."""
    return Query.range_query(SCHEMA, name, FieldType.Integer, start, end, include_upper=end is None)


def held(piece: str) -> Query:
    """Documents that hold a word, as it is or as either language means it."""
    plain = [term("words", word) for word in analysis.plain(piece)]
    return either(plain + [term(name, stem) for name in FIELDS for stem in stems(piece)])


def begins(text: str) -> Query:
    """Documents in whose title every word stands, the last one perhaps unfinished: what one types into a box."""
    *whole, last = analysis.plain(analysis.normal(text)) or [""]
    if not last:
        return Query.empty_query()
    unfinished = [
        term("title_words", last, 2.0),
        Query.fuzzy_term_query(SCHEMA, "title_words", last, distance=0, prefix=True),
        *(term("title", stem) for stem in stems(last)),
    ]
    return every([*(either([term("title_words", w), *(term("title", s) for s in stems(w))]) for w in whole[:8]),
                 either(unfinished)])  # fmt: skip


@lru_cache(maxsize=1_000)  # a query says each of its words several times
def stems(piece: str) -> tuple[str, ...]:
    """Its stem in each language, and itself as languages without a stemmer hold it."""
    found = [stem for language in (*analysis.ANALYSED, analysis.PLAIN) for stem in analysis.stem(piece, language)]
    return tuple(dict.fromkeys(found))


def grams_of(piece: str) -> list[Query]:
    """Most of the pieces of a word: none for one so short that everything holds them."""
    grams = list(dict.fromkeys(analysis.grams(piece)))[:MAX_GRAMS]
    if not grams or (len(grams) < 3 and not analysis.unspaced(piece)):
        return []
    most = some([term("grams", gram) for gram in grams], math.ceil(len(grams) * GRAM_SHARE))
    return [Query.boost_query(most, GRAM)]


def phrase(text: str, in_title: bool) -> Query:
    words = analysis.plain(analysis.normal(text))
    name = "title_words" if in_title else "words"
    ways = [term(name, words[0]) if len(words) == 1 else Query.phrase_query(SCHEMA, name, list(words))] if words else []
    if words and analysis.unspaced(text):
        ways += [every([term("grams", gram) for word in words for gram in analysis.grams(word)[:MAX_GRAMS]])]
    return either(ways)


def prefix(text: str, in_title: bool) -> Query:
    words = analysis.plain(analysis.normal(text))
    if not words:
        return Query.empty_query()
    names = ("title_words",) if in_title else ("words", "title_words")
    *whole, last = words
    starts = [Query.fuzzy_term_query(SCHEMA, name, last, distance=0, prefix=True) for name in names]
    return every([*(term(names[0], word) for word in whole), either(starts)])


def term(name: str, value: str, boost: float = 1.0) -> Query:
    query = Query.term_query(SCHEMA, name, value, index_option="freq")
    return query if boost == 1.0 else Query.boost_query(query, boost)


def either(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(SHOULD, query) for query in queries])


def every(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(MUST, query) for query in queries])


def some(queries: Sequence[Query], least: int) -> Query:
    if len(queries) == 1:
        return queries[0]
    if least >= len(queries):
        return every(queries)
    return Query.boolean_query([(SHOULD, query) for query in queries], least if least > 1 else None)


def without(query: Query) -> Query:
    return Query.boolean_query([(MUST, Query.all_query()), (NOT, query)])


def silent(query: Query) -> Query:
    """What narrows without a say in the order."""
    return Query.boost_query(query, 0.0)


def true(name: str) -> Query:
    return Query.term_query(SCHEMA, name, True)
