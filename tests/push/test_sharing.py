"""What is shared from another application opens the form that takes it, filled in."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from palabre.items.models import Item

ADDRESS = "https://ailleurs.example/un?a=1&b=2"


def led(client, **said):
    """Where sharing leads: the path, and what is filled in there."""
    answer = client.get("/share/", said)
    assert answer.status_code == 302
    way = urlsplit(answer["Location"])
    return way.path, dict(parse_qsl(way.query))


def test_the_application_offers_itself_to_who_shares(client):
    target = client.get("/application.webmanifest").json()["share_target"]
    assert (target["action"], target["method"]) == ("/share/", "GET")
    assert set(target["params"].values()) == {"title", "text", "url"}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"title": "Un titre", "url": ADDRESS}, {"address": ADDRESS, "title": "Un titre"}),
        ({"title": "Un titre", "text": ADDRESS}, {"address": ADDRESS, "title": "Un titre"}),
        ({"text": f"« Un passage. »\n{ADDRESS}"}, {"address": ADDRESS, "note": "« Un passage. »"}),
        ({"text": f"Lire {ADDRESS}, puis dormir."}, {"address": ADDRESS, "note": f"Lire {ADDRESS}, puis dormir."}),
    ],
)
def test_an_address_is_to_be_kept(world, sign_in, said, kept):
    assert led(sign_in(world.marc), **said) == ("/bookmarks/new/", kept)


def test_words_are_the_beginning_of_a_text(world, sign_in):
    marc = sign_in(world.marc)
    assert led(marc, title="Note", text="Vu sur le toit.") == ("/write/", {"title": "Note", "body": "Vu sur le toit."})
    page = marc.get("/write/?title=Note&body=Vu+sur+%3Cle%3E+toit.").text
    assert ">Note</textarea>" in page
    assert "Vu sur &lt;le&gt; toit.</textarea>" in page


def test_what_is_no_way_into_the_house_is_taken_for_words(world, sign_in):
    assert led(sign_in(world.marc), url="javascript:alert(1)")[0] == "/write/"


def test_sharing_writes_nothing_by_itself(world, sign_in):
    before = Item.objects.count()
    led(sign_in(world.marc), title="Note", text="Vu.")
    assert Item.objects.count() == before


def test_a_stranger_signs_in_first_and_goes_on_then(client):
    assert client.get("/share/?text=Vu")["Location"] == "/account/login/?next=/share/%3Ftext%3DVu"
