"""SECURITY row 17: what moves to a narrower circle leaves nothing behind in search."""

from palabre.authoring.writing import publish
from palabre.search import house
from palabre.search.asking import ask, suggest
from palabre.search.schema import any_of
from tests.search.conftest import index  # noqa: F401


def test_search_forgets_the_former_place_at_once_and_for_good(world, index):  # noqa: F811
    item = publish("page", world.spaces["le-fil"], world.coumba, "Nénuphar", "Un nénuphar.")
    index()
    assert ask(world.ines, "nénuphar").total == 1
    item.space = world.spaces["direction"]
    item.save(update_fields=["space"])
    item.record("moved", world.coumba)
    assert ask(world.ines, "nénuphar").total == 0
    assert suggest(world.ines, "nénuph") == []
    index()
    assert ask(world.ines, "nénuphar").total == 0
    assert ask(world.nadia, "nénuphar").total == 1
    searcher, _ = house.shelf().snapshot()
    assert not searcher.search(any_of("space", [world.spaces["le-fil"].pk]), 1).hits
