"""What files and kept pages say is found, by those who may see them, and no longer when it is gone."""

import pytest

from palabre.authoring.files.keeping import attach
from palabre.authoring.files.listeners import read
from palabre.authoring.writing import publish
from palabre.bookmarks import fetching
from palabre.bookmarks.fetching import Page
from palabre.bookmarks.keeping import keep
from palabre.items import words
from palabre.journal.models import Event
from palabre.search.asking import ask
from palabre.talk.models import Comment
from tests.authoring.files import hostile


def titles(person, text):
    return [result.item.title for result in ask(person, text).results]


@pytest.fixture
def quotation(world, index, settings, tmp_path):
    """A page of the network team with the quotation of a supplier, read for its words."""
    files = {"BACKEND": "palabre.authoring.files.storage.Durable", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": files}
    page = publish("page", world.spaces["reseau"], world.coumba, "La tranchée de Pikine", "Voir le devis.")
    file = attach(page, world.coumba, "Soumission.pdf", [hostile.pdf("Quatre cents metres de gaine annelee")])
    read(Event.objects.get(verb="file_added", particulars__file=file.pk))
    index()
    return file


def test_the_words_and_the_name_of_a_file_lead_to_its_item(quotation, world):
    assert titles(world.awa, "gaine annelée") == ["La tranchée de Pikine"]
    assert titles(world.awa, "soumission") == ["La tranchée de Pikine"]
    assert titles(world.awa, "tranchée has:file") == ["La tranchée de Pikine"]
    assert titles(world.awa, "tranchée -has:file") == []


def test_files_comments_and_names_are_told_apart_in_a_passage(quotation, world, index):
    page = quotation.item
    attach(page, world.coumba, "autre.txt", [b"Rien de la gaine."])
    for remark in ("Une remarque", "Une autre"):
        Comment.say(page, world.awa, remark)
    assert words.of([page.pk])["files"][page.pk].startswith("Soumission.pdf\n\nQuatre cents")
    index()
    shown = ask(world.awa, "soumission").results[0].passage
    assert "<mark>Soumission</mark>.pdf · Quatre cents metres de gaine annelee · autre.txt" in shown
    assert "<mark>remarque</mark> · Une autre" in ask(world.awa, "remarque").results[0].passage


def test_the_way_back_from_a_note_is_no_word_of_the_text(world, index):
    publish("page", world.spaces["maison"], world.awa, "Notes", "Le tarif[^1].\n\n[^1]: Voir le pied de page.\n")
    index()
    shown = ask(world.awa, "pied de page").results[0].passage
    assert "<mark>page</mark>." in shown and "\u21a9" not in shown and not shown.endswith("1")


def test_the_words_of_a_file_are_hidden_with_its_item(quotation, world):
    for stranger in (world.grace, world.tidiane, world.ines):
        assert titles(stranger, "annelée") == [] and ask(stranger, "annelée").total == 0


def test_a_removed_file_is_found_no_more(quotation, world, index):
    quotation.remove(world.marc)
    index()
    assert titles(world.awa, "annelée") == []


def test_a_kept_page_is_found_by_what_it_says_and_by_why_it_is_kept(world, index):
    item, _new = keep(
        world.spaces["reseau"], world.coumba, "https://example.org/delais", "Les délais", "Pour la boussole."
    )
    fetching.learn(item.bookmark, Page(item.bookmark.address, text="Une médiane de vingt et un jours à Ziguinchor."))
    index()
    assert titles(world.awa, "Ziguinchor") == ["Les délais"]
    assert titles(world.awa, "boussole") == ["Les délais"]
    assert titles(world.awa, "kind:bookmark délais") == ["Les délais"]
    assert titles(world.grace, "Ziguinchor") == []
