"""Every register looks and leads alike, whatever its kind."""

import re

import pytest
from django.test import Client

KINDS = {
    "ideas": "/write/?kind=idea&amp;space=reseau",
    "questions": "/write/?kind=question&amp;space=reseau",
    "decisions": "/write/?kind=decision&amp;space=reseau",
    "consultations": "/consultations/new/?space=reseau",
    "commitments": "/commitments/new/?space=reseau",
    "offers": "/write/?kind=offer&amp;space=reseau",
    "rules": "/write/?kind=rule&amp;space=reseau",
    "objectives": "/write/?kind=objective&amp;space=reseau",
}


@pytest.mark.parametrize(("path", "begin"), KINDS.items())
def test_who_may_write_begins_from_a_register_and_nobody_else(world, sign_in, path, begin):
    writes, reads, stranger = sign_in(world.marc), sign_in(world.grace), Client()
    assert f'href="{begin}"' in writes.get(f"/spaces/reseau/{path}/").content.decode()
    house = begin.partition("?space")[0].partition("&amp;")[0]
    assert f'class="btn primary" href="{house}"' in writes.get(f"/{path}/").content.decode()
    assert f'href="{begin}"' not in reads.get(f"/spaces/reseau/{path}/").content.decode()
    assert f'class="btn primary" href="{house}"' not in stranger.get(f"/{path}/").content.decode()


@pytest.mark.parametrize("path", KINDS)
def test_a_way_that_is_not_there_shows_the_usual_one(world, sign_in, path):
    usual = sign_in(world.marc).get(f"/{path}/")
    asked = sign_in(world.marc).get(f"/{path}/?show=nowhere")
    assert asked.context["way"] == usual.context["way"] == next(iter(asked.context["ways"]))
    mine = {name for name in usual.context["ways"] if name not in Client().get(f"/{path}/").context["ways"]}
    assert all(Client().get(f"/{path}/?show={name}").context["way"] not in mine for name in mine)


@pytest.mark.parametrize("path", KINDS)
def test_a_way_that_shows_nothing_says_what_the_register_is_for_and_leads_back(world, sign_in, path):
    client = sign_in(world.marc)
    usual, *others = client.get(f"/{path}/").context["ways"]
    for way in others:
        empty = client.get(f"/{path}/?show={way}").text.partition('<div class="empty">')[2]
        assert not empty or f'href="?show={usual}"' in empty
        assert "Il n’y en a pas" not in empty or re.search(r"</h2>\s*<p>\w[^<]{30,}</p>", empty)
