"""While somebody writes, what there is that says the like: by words and stems of both languages, closed or not."""

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.search.similar import similar

TITLE = "Installer des bancs à l’ombre devant les agences"


@pytest.fixture
def there(world, index):
    space = world.spaces["maison"]
    bench = publish(
        "idea", space, world.awa, "Un banc ombragé devant chaque agence", "Pour installer qui attend à l’ombre."
    )
    page = publish("page", space, world.awa, "Où installer les bancs des agences", "À l’ombre.")
    english = publish("idea", space, world.grace, "Opening the shops on Sundays", "Customers asked for opening hours.")
    hidden = publish(
        "idea", world.spaces["direction"], world.nadia, "Des bancs devant les agences, à l’ombre", "Secret."
    )
    index()
    return bench, page, english, hidden


def found(person, title, text="", kind="idea"):
    return [result.item for result in similar(person, kind, title, text)]


def test_stems_are_found_in_both_languages_and_the_kind_that_is_written_comes_first(world, there):
    bench, page, english, _hidden = there
    assert found(world.coumba, TITLE)[:2] == [bench, page]
    assert found(world.coumba, TITLE, kind="page")[:2] == [page, bench]
    assert found(world.coumba, "Opened shop on a Sunday") == [english]


def test_what_is_closed_is_found_too(world, there, index):
    bench = there[0]
    bench.idea.item = bench
    bench.idea.move("declined", "Trop cher.", world.marc)
    lifecycle.archive(bench, world.marc)
    index()
    assert bench in found(world.coumba, TITLE)


def test_nothing_is_found_that_one_may_not_read_and_a_single_word_is_not_enough(world, there):
    hidden = there[3]
    assert hidden in found(world.nadia, TITLE) and hidden not in found(world.coumba, TITLE)
    assert found(world.coumba, "La couleur des agences, les jours pairs et impairs du calendrier") == []
    assert found(world.coumba, "de la le") == [] and found(world.coumba, "OR ( NOT kind:page") == []


def test_it_stands_beside_the_editor_without_script_once_one_previews(world, there, sign_in):
    client, bench = sign_in(world.coumba), there[0]
    sent = {"kind": "idea", "space": "maison", "title": TITLE, "body": "", "action": "preview"}
    html = client.post("/write/", sent).content.decode()
    assert bench.get_absolute_url() in html.partition("<similar-items")[2].partition("</similar-items>")[0]
    refused = client.post("/write/", sent | {"space": "", "action": "publish"})
    assert refused.status_code == 422 and bench.get_absolute_url() in refused.content.decode()


def test_the_editor_asks_while_one_writes_and_is_told_how_far_an_idea_has_come(world, there, sign_in):
    bench = there[0]
    bench.idea.item = bench
    bench.idea.move("done", "Posé.", world.marc)
    html = sign_in(world.coumba).post("/search/similar/", {"kind": "idea", "title": TITLE}).content.decode()
    assert bench.get_absolute_url() in html and ("Faite, 0 voix" in html or "Done, 0 voices" in html)
    assert sign_in(world.coumba).post("/search/similar/", {"title": "\x00", "item": "9" * 40}).status_code == 200
