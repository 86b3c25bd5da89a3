"""Whoever sees few spaces and whoever sees nearly all find what stands in them, all of it and nothing else."""

from itertools import combinations

import pytest
from tantivy import Query

from palabre.search.bounds import bounds
from palabre.search.clauses import NOT, within
from palabre.search.engine import Shelf
from palabre.search.schema import Entry, kept_bytes

SPACES = range(1, 6)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    shelf = Shelf(tmp_path_factory.mktemp("index"))
    with shelf.rebuilding() as writer:
        writer.add(entry(number) for number in range(1, 21))
        writer.commit((1, 1))
    return shelf


def entry(number):
    return Entry(id=number, kind="page", space=number % 5 + 1, author=1, title="Fibre", text="fibre", language="fr")


def found(searcher, spaces):
    hits = searcher.search(within(Query.all_query(), bounds(searcher, spaces)), 100).hits
    assert all(kept_bytes(searcher.doc(address)) != b"1:1" for _score, address in hits)
    return sorted(searcher.fast_field_values("id", [address for _score, address in hits]))


@pytest.mark.parametrize("seen", [each for size in range(6) for each in combinations(SPACES, size)])
def test_each_finds_what_stands_where_they_see_and_nothing_else(shelf, seen):
    searcher, _position = shelf.snapshot()
    assert found(searcher, [*seen, 99]) == [number for number in range(1, 21) if number % 5 + 1 in seen]


def test_the_operator_finds_all_but_the_mark(shelf):
    assert found(shelf.snapshot()[0], None) == list(range(1, 21))


def test_what_comes_into_a_space_that_held_nothing_is_not_found_by_who_does_not_see_it(tmp_path):
    shelf = Shelf(tmp_path)
    with shelf.rebuilding() as writer:
        writer.add([entry(1), entry(2)])
        writer.commit((1, 1))
    before, _position = shelf.snapshot()
    assert all(way is NOT for way, _query in bounds(before, [2, 3]))  # they see all there is
    with shelf.writing() as writer:
        writer.put([entry(3)])
        writer.commit((1, 2))
    assert found(shelf.snapshot()[0], [2, 3]) == [1, 2]
    assert found(before, [2, 3]) == [1, 2]
