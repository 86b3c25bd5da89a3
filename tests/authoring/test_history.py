"""Every version is kept, can be read, compared, attributed and brought back."""

import pytest

from palabre.authoring.writing import publish, revise

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(page, world):
    revise(page, world.idrissa, page.title, page.body.replace("21", "14"), based_on=1, note="délai")
    revise(page, world.coumba, "Raccorder <un> client", page.body.replace("21", "14") + "\nFin.\n", based_on=2)
    page.refresh_from_db()
    return page


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_versions_are_listed_with_who_and_why(history, sign_in, world):
    html = read(sign_in(world.awa), f"/items/{history.pk}/history/")
    assert html.count(f'href="/items/{history.pk}/history/') == 3
    assert "Idrissa" in html and "délai" in html
    renamed = "Nouveau titre\u00a0: «\u00a0Raccorder &lt;un&gt; client\u00a0»"
    assert html.count(renamed) == 1  # where it got that title, and nowhere else


def test_a_version_reads_as_it_stood(history, sign_in, world):
    assert "21 jours" in read(sign_in(world.awa), f"/items/{history.pk}/history/1/")
    assert sign_in(world.awa).get(f"/items/{history.pk}/history/9/").status_code == 404


def test_the_difference_marks_words_and_says_so(history, sign_in, world):
    html = read(sign_in(world.awa), f"/items/{history.pk}/difference/?from=1&to=3")
    assert "21<span" in html and "14<span" in html
    assert "&lt;</" in html or "&lt;<span" in html or "&lt;" in html
    assert "<un>" not in html


def test_lines_have_their_authors(history, sign_in, world):
    html = read(sign_in(world.awa), f"/items/{history.pk}/authorship/")
    assert html.index("Idrissa") < html.index("14 jours") < html.index("Fin.")


def test_an_empty_line_goes_with_what_stands_above_it(world, sign_in):
    item = publish("page", world.spaces["maison"], world.awa, "Les clés", "Un.\n\nDeux.\n")
    revise(item, world.idrissa, item.title, "Un, d’abord.\n\nDeux.\n", based_on=1)
    rows = sign_in(world.awa).get(f"/items/{item.pk}/authorship/").context["lines"]
    assert [(line.text, line.version.number) for line in rows] == [("Un, d’abord.", 2), ("", 2), ("Deux.", 1)]


def test_a_restored_version_is_a_new_one(history, sign_in, world):
    response = sign_in(world.coumba).post(f"/items/{history.pk}/history/1/restoration/")
    history.refresh_from_db()
    assert response.url == history.get_absolute_url()
    assert (history.version, history.title) == (4, "Raccorder un client")
    assert "21 jours" in history.body
    assert sign_in(world.awa).post(f"/items/{history.pk}/history/2/restoration/").status_code == 403


@pytest.mark.parametrize("part", ["history/", "history/1/", "difference/", "authorship/"])
def test_the_history_has_the_door_of_its_item(history, sign_in, world, part):
    assert sign_in(world.grace).get(f"/items/{history.pk}/{part}").status_code == 404
    assert sign_in(None).get(f"/items/{history.pk}/{part}").status_code == 404


def test_what_is_brought_back_says_so_in_the_language_of_its_space(history, sign_in, world):
    type(history.space).objects.filter(pk=history.space_id).update(language="en")
    client = sign_in(world.coumba)
    client.post(f"/items/{history.pk}/history/1/restoration/")
    client.post(f"/items/{history.pk}/undo/", {"version": 4})
    assert list(history.revisions.filter(number__gt=3).values_list("note", flat=True)) == [
        "Version 1 restored", "Undone",
    ]  # fmt: skip


def test_bringing_back_what_stands_says_that_nothing_changed(history, sign_in, world):
    client = sign_in(world.coumba)
    response = client.post(f"/items/{history.pk}/history/3/restoration/", follow=True)
    history.refresh_from_db()
    assert history.version == 3 and "Rien n’avait changé" in response.content.decode()


def test_old_versions_are_not_offered_to_search_engines(history, sign_in, world):
    assert (
        'name="robots" content="noindex"'
        in sign_in(world.coumba).get(f"/items/{history.pk}/history/1/").content.decode()
    )
