"""The frame: what stands on every page."""

import json
import re

import pytest
from django.test import override_settings

pytestmark = pytest.mark.django_db


def test_the_import_map_is_the_only_inline_script_and_bears_the_nonce(client):
    page = client.get("/")
    nonce = re.search(r"'nonce-([^']+)'", page["Content-Security-Policy"])[1]
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", page.content.decode(), re.DOTALL)
    assert len(inline) == 1
    assert f'nonce="{nonce}"' in inline[0][0]
    assert json.loads(inline[0][1])["imports"]["key-map"].startswith("/static/kit/js/key-map.")


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_visitor_chooses_the_language(client, code):
    back = client.post("/way/", {"language": code, "next": "/#open"})
    assert back["Location"] == "/#open"
    assert f'<html lang="{code}"' in client.get("/").content.decode()


def test_a_person_keeps_their_language_on_every_machine(world, sign_in):
    sign_in(world.awa).post("/way/", {"language": "en"})
    assert '<html lang="en"' in sign_in(world.awa).get("/").content.decode()


def test_the_theme_is_in_the_page_before_the_first_paint(client):
    client.post("/way/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.post("/way/", {"theme": "system"})
    assert "data-theme" not in client.get("/").content.decode()


def test_one_is_never_sent_elsewhere(client):
    assert client.post("/way/", {"next": "https://elsewhere.example/"})["Location"] == "/"


@pytest.mark.parametrize("code", ["fr", "en"])
def test_what_does_not_exist_is_told_in_both_languages(client, code):
    page = client.get("/nowhere/", headers={"Accept-Language": code})
    assert page.status_code == 404
    assert f'<html lang="{code}"' in page.content.decode()


def test_a_forged_form_says_that_nothing_is_lost(world):
    from django.test import Client

    page = Client(enforce_csrf_checks=True).post("/way/", {"theme": "dark"})
    assert page.status_code == 403
    assert b'class="empty failure"' in page.content


def test_a_failure_needs_nothing_to_be_told(rf):
    from palabre.kit.errors import failed

    page = failed(rf.get("/"))
    assert page.status_code == 500
    assert b"<script" not in page.content
    assert b"<link" not in page.content


@override_settings(DEBUG=False)
def test_the_first_view_is_under_100_kilobytes_compressed(world, sign_in):
    import brotli
    from django.contrib.staticfiles.storage import staticfiles_storage

    page = sign_in(world.awa).get("/").content.decode()
    named = set(re.findall(r'(?:src|href)="/static/([^"#]+)', page))
    named |= {path.removeprefix("/static/") for path in re.findall(r'"(/static/[^"]+/js/[^"]+\.js)"', page)}
    weight = len(brotli.compress(page.encode()))
    weight += sum(len(brotli.compress((staticfiles_storage.open(name)).read())) for name in named)
    assert weight < 100_000


def test_a_host_that_is_not_ours_is_refused_in_plain_words(client):
    page = client.get("/", headers={"Host": "elsewhere.example"})
    assert page.status_code == 400
    assert b"This address is not ours" in page.content
    assert b"elsewhere" not in page.content


def test_what_is_too_large_is_refused_with_its_own_words(world, sign_in):
    page = sign_in(world.awa).post("/way/", {"next": "/" + "a" * 6_000_000})
    assert page.status_code == 413
    assert b'class="empty failure"' in page.content


def test_what_is_not_there_has_nothing_to_follow(client):
    page = client.get("/spaces/nowhere/")
    assert page.status_code == 404
    assert 'class="elsewhere' not in page.text
