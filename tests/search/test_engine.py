"""The index on disk: one writer, many readers, a rebuild beside the one that serves."""

import pytest

from palabre.search.engine import START, Busy, Shelf
from palabre.search.schema import Entry


def entry(pk, **fields):
    return Entry(**({"id": pk, "kind": "page", "space": 1, "author": 1, "title": f"Page {pk}", "text": "x"} | fields))


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "index")


def numbers(shelf):
    searcher, position = shelf.snapshot()
    return searcher.num_docs - (position != START), position


def test_there_is_nothing_before_the_first_index(shelf):
    assert shelf.snapshot() is None


def test_the_position_is_committed_with_the_items_or_not_at_all(shelf):
    with shelf.writing() as writer:
        writer.put([entry(1)])
        writer.commit((5, 9))
        assert numbers(shelf) == (1, (5, 9))
        writer.put([entry(2)])
    assert numbers(shelf) == (1, (5, 9))


def test_an_item_written_again_replaces_itself(shelf):
    with shelf.writing() as writer:
        for title in ("one", "two"):
            writer.put([entry(1, title=title), entry(2)])
            writer.commit((1, 1))
        assert numbers(shelf)[0] == 2
        writer.remove([1])
        writer.commit((1, 2))
        assert numbers(shelf)[0] == 1


def test_only_one_writes(shelf):
    with shelf.writing(), pytest.raises(Busy), Shelf(shelf.folder).writing():
        pass


def test_a_rebuild_serves_when_it_is_whole_and_not_before(shelf):
    with shelf.writing() as writer:
        writer.put([entry(1)])
        writer.commit((1, 1))
    with shelf.rebuilding() as writer:
        writer.add([entry(1), entry(2)])
        writer.commit((1, 2))
        assert numbers(shelf) == (1, (1, 1))
    assert numbers(shelf) == (2, (1, 2))
    assert len(list(shelf.folder.glob("v*-*"))) == 1


def test_a_rebuild_that_fails_leaves_the_old_one(shelf):
    with shelf.writing() as writer:
        writer.put([entry(1)])
        writer.commit((1, 1))
    with pytest.raises(ZeroDivisionError), shelf.rebuilding() as writer:
        writer.add([entry(2)])
        raise ZeroDivisionError
    assert numbers(shelf) == (1, (1, 1))


def test_another_process_sees_what_was_committed(shelf):
    reader = Shelf(shelf.folder)
    with shelf.writing() as writer:
        writer.commit((1, 1))
        assert numbers(reader)[0] == 0
        writer.put([entry(1)])
        writer.commit((1, 2))
        assert numbers(reader) == (1, (1, 2))
