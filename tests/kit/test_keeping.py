"""Pieces kept between requests never show one reader what is another's, nor what has changed since."""

import re

import pytest

from palabre.kit.keeping import Shelf
from palabre.kit.templatetags.panels import CSRF_TOKEN, HERE


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    from palabre.kit import keeping

    monkeypatch.setattr(keeping, "shelf", Shelf(keeping.MOST, len))


def test_a_piece_is_drawn_once_for_each_key():
    shelf, drawn = Shelf(100, len), []

    def draw():
        drawn.append(1)
        return f"piece {len(drawn)}"

    assert [shelf.get("a", draw), shelf.get("a", draw), shelf.get("b", draw)] == ["piece 1", "piece 1", "piece 2"]


def test_the_piece_used_longest_ago_goes_first_as_soon_as_all_weigh_too_much():
    shelf = Shelf(4, len)
    for key in ("a", "b", "a", "cc"):
        shelf.get(key, lambda key=key: key)
    assert [shelf.find(key) for key in ("a", "b", "cc")] == ["a", "b", "cc"]
    shelf.put("a", "aa")
    assert [shelf.find(key) for key in ("a", "b", "cc")] == ["aa", None, "cc"]
    shelf.put("d", "dddd")
    assert [shelf.find(key) for key in ("a", "cc", "d")] == [None, None, "dddd"]
    shelf.put("e", "eeeee")
    assert shelf.find("e") is None


def frame(client, address="/"):
    return client.get(address).content.decode()


def test_readers_who_are_offered_the_same_have_each_their_own_frame(world, sign_in):
    for person in (world.awa, world.lea, world.grace):
        assert f"<b>{person.name}</b><small>" in frame(sign_in(person))


def test_a_new_name_and_a_new_language_show_at_once(world, sign_in):
    client = sign_in(world.awa)
    assert "Mon profil" in frame(client)
    world.awa.name = "Awa Tout-Autre"
    world.awa.save(update_fields=["name"])
    assert "<b>Awa Tout-Autre</b>" in frame(client)
    world.awa.language = "en"
    world.awa.save(update_fields=["language"])
    assert "My profile" in frame(client)


def test_a_space_one_joins_or_leaves_comes_and_goes_in_the_rail(world, sign_in):
    client = sign_in(world.ines)
    address = world.spaces["reseau"].get_absolute_url()
    rail = re.compile(r"<nav class=\"rail\".*?</nav>", re.DOTALL)
    before = rail.search(frame(client))[0]
    assert address not in before
    world.spaces["reseau"].welcome(world.ines, "reader", world.marc)
    assert address in rail.search(frame(client))[0]
    world.spaces["reseau"].dismiss(world.ines, world.marc)
    assert rail.search(frame(client))[0] == before


def test_a_kept_form_carries_the_token_and_the_address_of_this_request(world, client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.awa)
    for address in ("/?show=all", "/tags/?a=1&b=<2>"):
        page = strict.get(address).content.decode()
        way = re.search(r"<form class=\"way\".*?</form>", page, re.DOTALL)[0]
        assert CSRF_TOKEN not in page
        assert HERE not in page
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', way)[1]
        told = re.search(r'name="next" value="([^"]*)"', way)[1]
        sent = {"csrfmiddlewaretoken": token, "theme": "dark", "next": told.replace("&amp;", "&")}
        answer = strict.post("/way/", sent)
        assert answer.status_code == 302
        assert answer["Location"].startswith(address.partition("?")[0])
