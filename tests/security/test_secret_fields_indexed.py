"""SECURITY row 2: the index holds an allow-list of fields, and nothing anybody did not publish."""

from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.people.models import OPERATOR
from palabre.search import house
from palabre.search.asking import ask
from palabre.search.schema import Entry
from tests.search.conftest import index  # noqa: F401

HELD = {
    "id", "kind", "space", "author", "title", "text", "language", "state", "written", "updated", "tags", "names",
    "more", "hints", "has", "links_to", "verified_until", "outdated", "authority", "source",
}  # fmt: skip


def test_an_entry_is_made_of_these_fields_and_no_others():
    assert set(Entry.__dataclass_fields__) == HELD


def test_nothing_of_an_account_can_be_searched_for(world, index):  # noqa: F811
    world.coumba.set_password("une phrase quincaillière")
    world.coumba.save()
    publish("page", world.spaces["maison"], world.coumba, "Bassin", "De l’eau.")
    index()
    for secret in (world.coumba.email, world.coumba.password, "quincaillière", "argon2"):
        assert ask(OPERATOR, f'"{secret}"').total == 0


def test_only_what_is_published_is_in_the_index(world, index):  # noqa: F811
    for state in ("draft", "scheduled", "trashed"):
        publish("page", world.spaces["maison"], world.coumba, f"Bassin {state}", "Un nénuphar.", state="draft")
        Item.objects.filter(title=f"Bassin {state}").update(state=state)
    index()
    searcher, _ = house.shelf().snapshot()
    assert searcher.doc_freq("title_words", "bassin") == 0
