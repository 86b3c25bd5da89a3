"""Addresses that several rooms lead to."""

import re

from django.template import Context, Template

from palabre.kit import navigation
from palabre.kit.navigation import writing

GROUP = re.compile(r'<details class="grp" data-group="(\w+)"( open)?>.*?</details>', re.DOTALL)


def groups(client, address: str) -> dict[str, bool]:
    """The groups of the rail on that page, and whether each stands open."""
    page = client.get(address).content.decode()
    rail = re.search(r'<nav class="rail".*?</nav>', page, re.DOTALL)[0]
    return {name: bool(is_open) for name, is_open in GROUP.findall(rail)}


def test_every_place_of_the_rail_stands_in_a_group_and_the_first_have_no_heading(world, sign_in):
    going = [place for place in navigation.known() if place.part == "go"]
    assert {place.group for place in going} == {
        navigation.MINE, navigation.ASKING, navigation.DECIDING, navigation.HOUSE,
    }  # fmt: skip
    assert all(place.address in sign_in(world.awa).get("/").content.decode() for place in going)


def test_a_folded_group_stays_folded_for_this_browser_but_never_over_the_page_one_is_on(world, sign_in):
    client = sign_in(world.awa)
    assert groups(client, "/") == {"asking": True, "deciding": True, "house": True}
    client.cookies["folded"] = "deciding.spaces.none-of-that-name"
    assert groups(client, "/") == {"asking": True, "deciding": False, "house": True}
    assert groups(client, "/decisions/") == {"asking": True, "deciding": True, "house": True}
    assert 'data-group="spaces"' in client.get("/").content.decode()
    assert 'data-group="spaces" open' not in client.get("/").content.decode()
    assert 'data-group="spaces" open' in client.get("/spaces/reseau/").content.decode()
    assert groups(sign_in(world.awa), "/") == {"asking": True, "deciding": True, "house": True}


def test_the_address_where_one_writes_escapes_what_it_is_begun_with():
    assert writing() == writing(title="", parent=None) == "/write/"
    assert writing(kind="page", title="R&D « été »") == "/write/?kind=page&title=R%26D+%C2%AB+%C3%A9t%C3%A9+%C2%BB"
    drawn = Template('{% load ui %}<a href="{% writing title=said kind="page" space=none.slug %}">')
    href = drawn.render(Context({"said": '"><b>', "none": None}))
    assert href == '<a href="/write/?title=%22%3E%3Cb%3E&amp;kind=page">'
