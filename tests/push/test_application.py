"""The application: its manifest, its worker, what may be kept on a device, and what is accepted once."""

import json
import re
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.contrib.staticfiles.finders import find
from PIL import Image

from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.push.keeping import reader
from palabre.signals.models import Entry
from palabre.talk.models import Comment


@pytest.fixture
def page(world):
    return publish("page", world.spaces["maison"], world.awa, "L’été à Dakar", "Texte.")


def test_the_manifest_is_in_the_readers_language_and_its_icons_are_what_it_says(world, sign_in, settings):
    settings.COMPANY = "Teranga"
    answer = sign_in(world.awa).get("/application.webmanifest", headers={"accept-language": "fr"})
    assert answer["Content-Type"] == "application/manifest+json"
    said = answer.json()
    assert (said["name"], said["start_url"], said["scope"], said["display"]) == ("Teranga", "/", "/", "standalone")
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    for icon in said["icons"]:
        name = re.sub(r"\.[0-9a-f]{12}\.", ".", icon["src"].removeprefix("/static/"))
        with Image.open(find(name)) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
    assert "/inbox/" in [shortcut["url"] for shortcut in said["shortcuts"]]


def test_a_stranger_is_offered_no_way_to_what_is_not_theirs(client):
    assert "/inbox/" not in [each["url"] for each in client.get("/application.webmanifest").json()["shortcuts"]]


def test_the_worker_is_served_from_the_root_and_may_be_asked_for_anew(client):
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert json.loads(re.search(r"^const HOUSE = (.*);$", answer.text, re.MULTILINE)[1])["offline"] == "/offline/"


def test_a_page_says_who_reads_it_and_that_it_may_be_kept(world, page, sign_in):
    answer = sign_in(world.awa).get(page.get_absolute_url())
    assert answer["Palabre-Reader"] == reader(world.awa) != reader(world.marc)
    kept = json.loads(unquote(answer["Palabre-Keep"]))
    assert (kept["item"], kept["title"], kept["space"]) == (page.pk, page.title, page.space.name)
    assert "no-store" in answer["Cache-Control"]


def test_nothing_else_may_be_kept(world, page, sign_in, settings):
    awa = sign_in(world.awa)
    for address in ("/", "/inbox/", f"/items/{page.pk}/edit/", "/devices/"):
        assert "Palabre-Keep" not in awa.get(address)
    assert "Palabre-Keep" not in sign_in(None).get(page.get_absolute_url())
    settings.PALABRE_OFFLINE = False
    assert "Palabre-Keep" not in awa.get(page.get_absolute_url())


def test_the_line_says_who_reads_and_what_they_may_still_read(world, page, sign_in):
    secret = publish("page", world.spaces["maison"], world.awa, "Autre", "Texte.")
    asked = f"/-/line/?kept={page.pk},{secret.pk},999999999,x,{'9' * 40}"
    assert sign_in(world.marc).get(asked).json()["readable"] == sorted([page.pk, secret.pk])
    stranger = sign_in(None).get(asked).json()
    assert (stranger["readable"], stranger["reader"]) == ([], "-")


def test_the_line_says_which_of_the_things_that_a_device_shows_still_wait(world, page, sign_in):
    other = publish("page", world.spaces["maison"], world.awa, "Autre", "Texte.")
    secret = publish("page", world.spaces["reseau"], world.marc, "Caché", "Texte.")
    moment = now()
    for thing in ({"item": page}, {"item": other}, {"item": secret}, {"space": world.spaces["maison"]}, {}):
        Entry.objects.create(person=world.grace, event=7, at=moment, loud=True, **thing)
    house = world.spaces["maison"].pk
    asked = f"/-/line/?told=item-{page.pk},item-{other.pk},item-{secret.pk},space-{house},house,x,item-x"
    client = sign_in(world.grace)
    told = client.get(asked).json()
    assert told["waiting"] == sorted([f"item-{page.pk}", f"item-{other.pk}", f"space-{house}"])
    assert told["count"] == 3
    Entry.objects.filter(item=page).see(7)
    Entry.objects.filter(item=other).update(done_at=moment)
    told = client.get(asked).json()
    assert (told["waiting"], told["count"]) == ([f"space-{house}"], 1)
    assert sign_in(None).get(asked).json()["waiting"] == []


def test_the_page_without_a_line_names_nobody(world, sign_in):
    html = sign_in(world.awa).get("/offline/").text
    assert world.awa.name not in html
    assert "shelf-list" in html


def say(client, page, key, words="Une fois.", **headers):
    return client.post(f"/items/{page.pk}/comments/", {"body": words}, headers={"idempotency-key": str(key), **headers})


def test_a_comment_that_is_sent_twice_is_said_once(world, page, sign_in):
    marc, key = sign_in(world.marc), uuid4()
    assert say(marc, page, key).status_code == 302
    again = say(marc, page, key)
    assert (again.status_code, again["Location"]) == (303, Comment.objects.get(item=page).get_absolute_url())
    hidden = say(marc, page, key, **{"hx-request": "true"})
    assert (hidden.status_code, hidden["HX-Refresh"]) == (204, "true")
    assert Comment.objects.filter(item=page).count() == 1


def test_a_form_that_the_browser_sends_by_itself_bears_its_key_in_the_address(world, page, sign_in):
    marc, key = sign_in(world.marc), uuid4()
    given = {"kind": "page", "space": "maison", "title": "Le puits", "body": "Texte.", "action": "publish:maison"}
    first, again = (marc.post(f"/write/?once={key}", given) for _ in range(2))
    made = Item.objects.get(title="Le puits")
    assert [first["Location"], again["Location"]] == [made.get_absolute_url()] * 2
    assert marc.get(f"/-/line/?sent={key},{uuid4()},x").json()["arrived"] == {str(key): made.get_absolute_url()}
    assert sign_in(world.awa).get(f"/-/line/?sent={key}").json()["arrived"] == {}


def test_a_form_that_comes_back_with_a_question_was_not_accepted(world, page, sign_in):
    marc, key = sign_in(world.marc), uuid4()
    given = {"kind": "page", "space": "maison", "title": "Le puits", "body": "Texte.", "action": "preview"}
    headers = {"idempotency-key": str(key), "prefer": "return=minimal"}
    assert marc.post("/write/", given, headers=headers).status_code == 200
    answer = marc.post("/write/", given | {"action": "publish:maison", "copy": "c"}, headers=headers)
    assert (answer.status_code, answer["Location"]) == (204, Item.objects.get(title="Le puits").get_absolute_url())
    assert answer.cookies["written"].value == "c"


def test_what_has_another_key_or_author_is_said_too(world, page, sign_in):
    key = uuid4()
    for person, mine in ((world.marc, key), (world.marc, uuid4()), (world.awa, key)):
        say(sign_in(person), page, mine)
    assert Comment.objects.filter(item=page).count() == 3


def test_what_was_refused_may_come_again_under_its_key(world, page, sign_in):
    marc, key = sign_in(world.marc), uuid4()
    assert say(marc, page, key, "").status_code == 422
    assert say(marc, page, key, prefer="return=minimal").status_code == 204
    assert Comment.objects.filter(item=page).count() == 1


def test_what_fails_leaves_neither_words_nor_key(world, page, sign_in, monkeypatch):
    marc, key = sign_in(world.marc), uuid4()
    marc.raise_request_exception = False

    def fail(comment):
        raise RuntimeError("after it was said")

    with monkeypatch.context() as broken:
        broken.setattr(Comment, "get_absolute_url", fail)
        assert say(marc, page, key).status_code == 500
    assert not Comment.objects.filter(item=page).exists()
    assert say(marc, page, key).status_code == 302


def test_a_key_opens_no_door(world, page, sign_in):
    assert say(sign_in(None), page, uuid4(), prefer="return=minimal").status_code in (302, 403, 404)
    assert not Comment.objects.filter(item=page).exists()
