"""How good the results are, by the judgements of others. No setting of ours may lower these figures."""

import json
import math
from collections import defaultdict

import pytest

from palabre.search import retrieval
from palabre.search.engine import Shelf
from palabre.search.plan import Asked
from palabre.search.query import parse
from palabre.search.retrieval import Reach
from palabre.search.schema import Entry

pytestmark = pytest.mark.corpus

COLLECTIONS = {
    "search-cranfield-en": ("en", 0.53),
    "libreoffice-help/fr": ("fr", 0.66),
    "libreoffice-help/en": ("en", 0.70),
}


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def library(corpus, tmp_path_factory):
    """All collections in one index, each in a space of its own: another language must not harm a page."""
    shelf = Shelf(tmp_path_factory.mktemp("index"))
    number = 0
    with shelf.rebuilding() as writer:
        for space, (name, (language, _)) in enumerate(COLLECTIONS.items(), 1):
            for page in lines(corpus(name) / "corpus.jsonl"):
                number += 1
                title, text = page.get("title", ""), page["text"].removeprefix(page.get("title", ""))
                fields = {"kind": "page", "space": space, "author": 1, "language": language}
                writer.add([Entry(id=number, title=title, text=text, source=page["_id"], **fields)])
        writer.commit((1, 1))
    return shelf.snapshot()[0]


@pytest.mark.parametrize(("space", "name"), enumerate(COLLECTIONS, 1))
def test_the_judges_are_content(library, corpus, space, name):
    judged = defaultdict(dict)
    for line in (corpus(name) / "qrels.tsv").read_text().splitlines()[1:]:
        query, *_, page, grade = line.split("\t")
        judged[query][page] = int(grade)
    gains = []
    for query in lines(corpus(name) / "queries.jsonl"):
        grades = judged.get(str(query["_id"]))
        if grades:
            found = retrieval.search(library, Asked(parse(query["text"])), Reach([space])).hits(0, 10)
            gains.append(ndcg([hit.kept.source for hit in found], grades))
    assert sum(gains) / len(gains) >= COLLECTIONS[name][1]


def ndcg(found, grades):
    """Normalised discounted cumulative gain at 10 (K. Järvelin and J. Kekäläinen, 2002), gain 2^grade - 1."""
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:10]
    best = discounted(ideal)
    return discounted([max(0, grades.get(page, 0)) for page in found]) / best if best else 0


def discounted(grades):
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))
