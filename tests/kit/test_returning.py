"""Coming back: from the sign-in to a page, and from an address that has none."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest

from palabre.posts.kind import POST

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture
def item(world):
    from palabre.authoring.writing import publish

    return publish(POST.name, world.spaces["maison"], world.awa, "Un billet", "Rien de plus.")


def next_of(answer):
    asked = urlsplit(answer["Location"])
    assert asked.path == "/account/login/"
    return parse_qs(asked.query)["next"][0]


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(item, sign_in):
    stranger = sign_in(None)
    page = f"/items/{item.pk}/history/?page=2"
    assert next_of(stranger.post(f"/items/{item.pk}/trash/", headers={"Referer": HERE + page})) == page


@pytest.mark.parametrize("came_from", ["", "http://elsewhere.example/items/1/", "javascript:alert(1)", "//x.example/"])
def test_without_a_page_of_ours_it_leads_to_the_front_page(item, sign_in, came_from):
    answer = sign_in(None).post(f"/items/{item.pk}/archive/", headers={"Referer": came_from} if came_from else {})
    assert next_of(answer) == "/"


def test_a_page_asked_for_is_come_back_to_as_before(sign_in):
    assert next_of(sign_in(None).get("/write/?kind=post")) == "/write/?kind=post"


@pytest.mark.parametrize("path", ["trash/", "archive/", "publication/", "undo/", "verification/", "report/"])
def test_an_address_without_a_page_says_so_in_the_reader_s_language(item, world, sign_in, path):
    answer = sign_in(world.awa).get(f"/items/{item.pk}/{path}")
    assert answer.status_code == 405 and answer["Allow"]
    assert "Il n’y a pas de page ici" in answer.text and 'href="/"' in answer.text


def test_a_stranger_too_is_told_in_theirs(world, sign_in):
    assert "There is no page here" in sign_in(None).get("/way/", headers={"Accept-Language": "en"}).text


def test_what_is_read_by_no_one_stays_terse(item, world, sign_in):
    client, path = sign_in(world.awa), f"/items/{item.pk}/trash/"
    assert client.head(path).content == b""
    assert client.get(path, headers={"HX-Request": "true"}).content == b""
    assert client.get(path, headers={"Accept": "application/json"}).content == b""


def test_a_piece_of_a_page_is_never_the_sign_in_but_a_line_that_leads_there(item, sign_in):
    page, asked = f"/items/{item.pk}/history/?page=2", {"HX-Request": "true"}
    for method in ("get", "post"):
        answer = getattr(sign_in(None), method)("/write/complete/", headers=asked | {"Referer": HERE + page})
        assert answer.status_code == 401 and answer.text.startswith('<div class="toast error">')
        assert quote(page, safe="") in answer.text


@pytest.mark.parametrize("path", ["/nowhere/", "/items/0/"])
def test_an_error_of_a_piece_is_a_line_and_of_a_page_a_page(world, sign_in, path):
    client = sign_in(world.awa)
    assert client.get(path, headers={"HX-Request": "true"}).text.startswith('<div class="toast error">')
    assert "<main" in client.get(path).text
