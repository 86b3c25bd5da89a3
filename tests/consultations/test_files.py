"""Files that come with answers: limited, kept under a name of the house, and opened by those who asked alone."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from palabre.authoring.files.storage import place as stored
from palabre.authoring.tidying import tidy
from palabre.consultations import enclosing, results
from palabre.consultations.models import Enclosure, Response
from palabre.kit.clock import now
from tests.consultations.test_answering import place

pytestmark = pytest.mark.usefixtures("storage")

ASKED = [
    {"key": "q1", "kind": "file", "title": {"fr": "Montrez-nous l’armoire"}, "accepts": "pictures"},
    {"key": "q2", "kind": "text", "title": {"fr": "Et ?"}, "required": False},
]


def picture(colour="teal", name="chez-Awa-Diop.png"):
    drawn = BytesIO()
    Image.new("RGB", (64, 48), colour).save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


@pytest.fixture
def shown(opened):
    return opened("", questions=ASKED)


def answer(consultation, number=1, file=None):
    client = Client(REMOTE_ADDR=f"203.0.113.{number}")
    client.post(place(consultation), {"begin": "1"})
    client.post(place(consultation), {"at": "q1", "q1": file or picture((number, 90, 90))})
    client.post(place(consultation), {"at": "q2", "q2": ""})
    return client


def test_a_file_is_kept_with_the_answer_under_a_name_that_tells_of_nobody(shown):
    page = Client()
    page.post(place(shown), {"begin": "1"})
    html = page.get(place(shown)).content.decode()
    assert 'enctype="multipart/form-data"' in html and 'type="file"' in html and 'accept="image/*"' in html
    answer(shown)
    enclosure, response = Enclosure.objects.get(), Response.objects.get(state="sent")
    assert response.said["q1"] == {
        "file": str(enclosure.pk), "name": "q1.png", "size": enclosure.size, "type": enclosure.content_type,
    }  # fmt: skip
    assert {field.name for field in Enclosure._meta.get_fields() if field.is_relation} == {"consultation", "response"}
    assert default_storage.exists(stored(enclosure.digest))


@pytest.mark.parametrize(
    ("upload", "size"),
    [(SimpleUploadedFile("note.txt", b"bonjour"), None), (SimpleUploadedFile("x.exe", b"MZ" + b"0" * 90), None),
     (SimpleUploadedFile("vide.png", b""), None), (picture(), 10)],
)  # fmt: skip
def test_what_is_not_welcome_is_said_and_the_file_of_before_stays(shown, upload, size, monkeypatch):
    client = Client()
    client.post(place(shown), {"begin": "1"})
    client.post(place(shown), {"at": "q1", "q1": picture()})
    before = Response.objects.get().said["q1"]
    if size:
        monkeypatch.setattr(enclosing, "LARGEST", size)
    upload.seek(0)
    refused = client.post(place(shown), {"at": "q1", "q1": upload})
    assert refused.status_code == 422
    if upload.name in ("note.txt", "x.exe"):  # an archive would not help either
        assert "Send a picture" in refused.content.decode()
    assert Response.objects.get().said["q1"] == before
    assert Enclosure.objects.count() == 1


def test_a_file_can_be_replaced_and_taken_back(shown):
    client = Client()
    client.post(place(shown), {"begin": "1"})
    client.post(place(shown), {"at": "q1", "q1": picture("teal")})
    first = Enclosure.objects.get().pk
    client.post(place(shown), {"at": "q1", "q1": picture("red")})
    assert Enclosure.objects.get().pk != first
    assert client.post(place(shown), {"at": "q1", "q1-drop": "1"}).status_code == 422  # it must be answered
    assert not Enclosure.objects.exists()


def test_only_who_may_read_single_answers_opens_a_file_and_only_one_that_results_tell_of(world, shown, sign_in):
    for number in range(1, 13):
        answer(shown, number)
    shown.refresh_from_db()
    told = set(results.shown(shown).values_list("pk", flat=True))
    inside = Enclosure.objects.filter(response__in=told).first()
    beyond = Enclosure.objects.exclude(response__in=told).first()

    def address(enclosure):
        return f"/consultations/{shown.pk}/files/{enclosure.pk}/{enclosure.name}"

    marc = sign_in(world.marc)
    opened = marc.get(address(inside))
    assert opened.status_code == 200 and opened["Content-Type"] == "image/png"
    assert "sandbox" in opened["Content-Security-Policy"] and opened["X-Content-Type-Options"] == "nosniff"
    assert "Awa" not in opened["Content-Disposition"]
    assert marc.get(address(beyond)).status_code == 404
    assert Client().get(address(inside)).status_code == 302  # to the door
    assert sign_in(world.ines).get(address(inside)).status_code == 403
    page = marc.get(f"/consultations/{shown.pk}/results/").content.decode()
    assert address(inside) in page and address(beyond) not in page
    shown.close(world.marc)
    shown.give_back(world.marc, "Merci.")
    assert "/files/" not in Client().get(f"/consultations/{shown.pk}/results/").content.decode().partition("<main")[2]


def test_contents_of_answers_are_not_tidied_away_until_nobody_names_them(shown):
    answer(shown)
    enclosure = Enclosure.objects.get()
    name = stored(enclosure.digest)
    tidy(timedelta(days=-1))
    assert default_storage.exists(name)
    Response.objects.all().delete()
    tidy(timedelta(days=-1))
    assert not default_storage.exists(name)


def test_what_was_begun_and_not_sent_takes_its_files_along(world, shown):
    client = Client()
    client.post(place(shown), {"begin": "1"})
    client.post(place(shown), {"at": "q1", "q1": picture()})
    assert Enclosure.objects.exists() and shown.closes_at > now()
    shown.close(world.marc)
    assert not Enclosure.objects.exists()


def test_an_export_brings_files_of_answers_back(world, shown, tmp_path):
    from palabre.people.models import OPERATOR
    from palabre.portability.exporting import export

    answer(shown)
    enclosure = Enclosure.objects.get()
    whole, seen = tmp_path / "whole", tmp_path / "seen"
    export(whole, OPERATOR)
    export(seen, world.marc)
    assert str(enclosure.pk) in (whole / "tables" / "consultation-enclosure.jsonl").read_text()
    assert (whole / "files" / stored(enclosure.digest)).exists()
    assert (seen / "tables" / "consultation-enclosure.jsonl").read_text() == ""
    assert not (seen / "files" / stored(enclosure.digest)).exists()


def test_a_file_that_is_kept_as_one_goes_says_so_to_the_page_or_why_it_is_not(shown):
    client = Client()
    client.post(place(shown), {"begin": "1"})
    kept = client.post(place(shown), {"at": "q1", "keep": "1", "q1": picture()}, headers={"accept-language": "fr"})
    told = json.loads(kept["HX-Trigger"])["enclosed"]["q1"]
    assert kept.status_code == 204 and told["kept"].startswith("Votre fichier est là")
    note = SimpleUploadedFile("note.txt", b"bonjour")
    refused = client.post(place(shown), {"at": "q1", "keep": "1", "q1": note}, headers={"accept-language": "fr"})
    assert "image" in json.loads(refused["HX-Trigger"])["enclosed"]["q1"]["refused"]
    assert Enclosure.objects.count() == 1  # the one from before stays
    assert "HX-Trigger" not in client.post(place(shown), {"at": "q1", "keep": "1"})
    assert client.post(place(shown), {"at": "q1"}).status_code == 302  # which is sent no second time
    assert Response.objects.get().said["q1"]["type"] == "image/png"
