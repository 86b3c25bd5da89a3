"""SECURITY row 18: what one may not see cannot be told from what does not exist."""

import re

import pytest

pytestmark = pytest.mark.django_db


def bare(answer, word):
    """A page without what differs at every request, and without the word that was asked for."""
    page = re.sub(r'nonce="[^"]+"|(?<=csrfmiddlewaretoken" value=")[^"]+|(?<=X-CSRFToken": ")[^"]+', "", answer.text)
    return page.replace(word, "")


@pytest.mark.parametrize(
    ("hidden", "missing"),
    [
        ("/spaces/direction/", "/spaces/no-such-space/"),
        ("/spaces/direction/members/", "/spaces/no-such-space/members/"),
        ("/spaces/direction/settings/", "/spaces/no-such-space/settings/"),
        ("/spaces/direction/access/", "/spaces/no-such-space/access/"),
    ],
)
@pytest.mark.parametrize("who", ["awa", "diego", "ines", None])
def test_a_hidden_space_answers_like_none(world, sign_in, who, hidden, missing):
    client = sign_in(getattr(world, who) if who else None)
    first, second = client.get(hidden), client.get(missing)
    assert first.status_code == second.status_code
    if first.status_code == 404:
        assert bare(first, "direction") == bare(second, "no-such-space")


def test_a_hidden_person_answers_like_none(world, sign_in):
    client = sign_in(world.diego)
    for page in ("", "edit/", "photo/"):
        assert client.get(f"/people/{world.nadia.pk}/{page}").status_code == 404
        assert client.get(f"/people/999999/{page}").status_code == 404
    for page in ("departure/", "return/", "administration/", "password-link/"):
        assert client.post(f"/people/{world.nadia.pk}/{page}").status_code == 404


def test_a_hidden_organisation_answers_like_none(world, sign_in):
    client = sign_in(world.diego)
    assert client.get("/organisations/baobab/").status_code == client.get("/organisations/none/").status_code == 404


def test_a_former_address_betrays_nothing(world, sign_in):
    world.spaces["direction"].move_to("comite", world.nadia)
    assert sign_in(world.awa).get("/spaces/direction/").status_code == 404
    answer = sign_in(world.nadia).get("/spaces/direction/")
    assert answer.status_code == 301 and answer["Location"] == "/spaces/comite/"


def test_counts_of_members_come_from_whom_one_meets(world, sign_in):
    """A customer reading a customers' space meets its members only when they are one too."""
    page = sign_in(world.ines).get("/spaces/le-fil/members/").text
    assert world.lea.name not in page and world.nadia.name not in page


def test_a_space_one_may_ask_for_shows_its_name_and_purpose_and_nothing_else(world, sign_in):
    space = world.spaces["direction"]
    space.askable = True
    space.save()
    awa = sign_in(world.awa)
    assert "Direction" in awa.get("/spaces/").text
    page = awa.get("/spaces/direction/access/").text
    assert space.purpose in page and world.nadia.name not in page
    assert awa.get("/spaces/direction/")["Location"] == "/spaces/direction/access/"
    assert awa.get("/spaces/direction/members/").status_code == 404
    assert "Direction" not in sign_in(world.tidiane).get("/spaces/").text
    assert sign_in(world.tidiane).get("/spaces/direction/access/").status_code == 404
