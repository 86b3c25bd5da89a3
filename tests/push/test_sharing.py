"""What is shared from another application opens the form that takes it, filled in; files arrive in a draft."""

from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from palabre.authoring.models import Draft, File
from palabre.items.models import Item
from palabre.push.views.sharing import OURS, WAY

ADDRESS = "https://ailleurs.example/un?a=1&b=2"


def led(client, **said):
    """Where sharing leads: the path, and what is filled in there."""
    answer = client.get("/share/", said)
    assert answer.status_code == 302
    way = urlsplit(answer["Location"])
    return way.path, dict(parse_qsl(way.query))


def test_the_application_offers_itself_to_who_shares(client):
    target = client.get("/application.webmanifest").json()["share_target"]
    assert (target["action"], target["method"], target["enctype"]) == ("/share/", "POST", "multipart/form-data")
    [files] = target["params"].pop("files")
    assert set(target["params"].values()) == {"title", "text", "url"}
    assert files["name"] == "files" and "image/*" in files["accept"]


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


@pytest.mark.parametrize("way", ["get", "post"])
def test_what_a_stranger_shares_is_there_after_the_sign_in(world, client, way):
    said = {"title": "Note", "text": f"Vu à l’Escale, {ADDRESS}"}
    answer = client.get("/share/", said) if way == "get" else hand_over(client, **said)
    after = dict(parse_qsl(urlsplit(answer["Location"]).query))["next"]
    client.force_login(world.marc)
    filled = dict(parse_qsl(urlsplit(client.get(after)["Location"]).query))
    assert filled == {"address": ADDRESS, "title": "Note", "note": "Vu à l’Escale,"}


def test_what_no_address_can_carry_is_a_draft_or_led_on_in_part(world, sign_in):
    marc, words = sign_in(world.marc), "é👍" * 3000
    answer = hand_over(marc, text=words)
    assert Draft.objects.get(person=world.marc).body.strip() == words
    assert answer["Location"] == Draft.objects.get(person=world.marc).get_absolute_url()
    for way in (hand_over(marc, "cross-site", text=words), hand_over(sign_in(None), text=words)):
        assert way.status_code == 302 and len(way["Location"]) < 3 * WAY
    assert Draft.objects.filter(person=world.marc).count() == 1


def test_whose_files_did_not_come_through_the_sign_in_is_told_so(world, client):
    answer = hand_over(client, title="Le toit", files=[picture()])
    after = dict(parse_qsl(urlsplit(answer["Location"]).query))["next"]
    client.force_login(world.marc)
    shown = client.get(after, follow=True).text
    assert "Le toit" in shown and "Les fichiers n’ont pas suivi" in shown


def picture(name="toit.png"):
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


def hand_over(client, site="none", **said):
    """As the system hands over what another application shares: it knows no token."""
    strict = type(client)(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    return strict.post("/share/", said, headers={"sec-fetch-site": site} if site else {})


def test_a_picture_arrives_in_a_draft_that_nobody_else_sees(world, sign_in):
    marc = sign_in(world.marc)
    answer = hand_over(marc, title="Le toit", text="Vu ce matin.", files=[picture()])
    draft = Draft.objects.get(person=world.marc, title="Le toit")
    assert answer["Location"] == draft.get_absolute_url()
    file = File.objects.get(by=world.marc)
    assert draft.body == f"Vu ce matin.\n\n{file.markdown}\n"
    assert "toit" in marc.get(draft.get_absolute_url()).text
    assert marc.get(file.get_absolute_url()).status_code == 200
    assert sign_in(world.awa).get(file.get_absolute_url()).status_code == 404
    form = {"kind": draft.kind, "title": draft.title, "body": draft.body, "space": "maison", "draft": draft.pk}
    marc.post("/write/", form | {"action": "publish"})
    assert sign_in(world.awa).get(file.get_absolute_url()).status_code == 200


def test_a_file_that_is_not_taken_says_why_and_the_others_arrive(world, sign_in):
    marc = sign_in(world.marc)
    answer = hand_over(marc, files=[SimpleUploadedFile("vide.txt", b""), picture("cour.png")])
    shown = marc.get(answer["Location"]).text
    assert "vide.txt\u00a0: Ce fichier est vide." in shown
    assert [file.name for file in File.objects.filter(by=world.marc)] == ["cour.png"]


@pytest.mark.parametrize("site", ["cross-site", "same-site", ""])
def test_no_other_site_makes_anything_here(world, sign_in, site):
    assert site not in OURS
    answer = hand_over(sign_in(world.marc), site, title="Piège", files=[picture()])
    assert answer["Location"].startswith("/write/?title=Pi")
    assert not Draft.objects.filter(person=world.marc).exists()
    assert not File.objects.filter(by=world.marc).exists()


def test_words_alone_are_led_on_as_ever(world, sign_in):
    assert hand_over(sign_in(world.marc), text=ADDRESS)["Location"].startswith("/bookmarks/new/?address=")
