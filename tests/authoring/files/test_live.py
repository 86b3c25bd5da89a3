"""Large files pass by the live process, through the same doors."""

import pytest

from palabre.authoring.files.keeping import attach
from palabre.authoring.files.models import File
from tests.conftest import OURS


@pytest.fixture
def large(page, world):
    return attach(page, world.coumba, "large.txt", [b"0123456789" * 100_000])


def test_a_reader_has_a_large_file_whole_and_in_parts(large, world, ask):
    whole = ask(world.awa, "GET", large.get_absolute_url())
    assert whole.status_code == 200 and len(whole.content) == 1_000_000
    assert whole.headers["content-security-policy"].startswith("sandbox")
    part = ask(world.awa, "GET", large.get_absolute_url(), headers={"range": "bytes=999995-"})
    assert (part.status_code, part.content) == (206, b"56789")
    again = ask(world.awa, "GET", large.get_absolute_url(), headers={"if-none-match": whole.headers["etag"]})
    assert again.status_code == 304
    head = ask(world.awa, "HEAD", large.get_absolute_url())
    assert (head.status_code, head.headers["content-length"], head.content) == (200, "1000000", b"")


def test_a_picture_comes_narrower_from_there_too(page, world, ask, noise):
    file = attach(page, world.coumba, "bruit.png", [noise])
    whole, narrow = (ask(world.awa, "GET", file.get_absolute_url() + query) for query in ("", "?width=480"))
    assert len(whole.content) == file.size and whole.headers["content-type"] == file.content_type
    assert narrow.headers["content-type"] == "image/webp" and len(narrow.content) < file.size


@pytest.mark.parametrize(
    ("host", "policy"),
    [("localhost:8001", "same-site"), ("127.0.0.1:8001", "cross-origin"), ("[::1]:8001", "cross-origin")],
)
def test_pages_at_an_address_in_numbers_may_show_its_pictures_too(page, world, ask, photo, host, policy):
    file = attach(page, world.coumba, "photo.jpg", [photo])
    given = ask(world.awa, "GET", file.get_absolute_url(), headers={"host": host})
    assert given.headers["cross-origin-resource-policy"] == policy


@pytest.mark.parametrize("key", ["grace", "koffi", "bineta", None])
def test_who_cannot_read_the_item_finds_nothing_there_either(large, world, ask, key):
    assert ask(getattr(world, key) if key else None, "GET", large.get_absolute_url()).status_code == 404


def test_a_form_sent_there_comes_back_to_our_pages(page, world, ask):
    address = f"/items/{page.pk}/files/"
    response = ask(
        world.coumba, "POST", address, files={"file": ("plan.txt", b"plan")}, headers={"accept": "text/html"}
    )
    assert (response.status_code, response.headers["location"]) == (303, f"{OURS}{address}")
    assert File.objects.get().name == "plan.txt"


def test_the_editor_gets_markdown_from_there(world, ask):
    response = ask(
        world.coumba, "POST", "/files/", files={"file": ("plan.txt", b"plan")}, headers={"accept": "application/json"}
    )
    assert response.status_code == 201
    assert response.json()["files"][0]["markdown"] == f"[plan.txt](/files/{File.objects.get().pk}/plan.txt)"


def test_an_upload_too_large_is_refused_before_it_is_read(page, world, ask, settings):
    settings.PALABRE_FILE_SIZE = 1000
    files = {"file": ("a.txt", b"x" * 3_000_000)}
    response = ask(
        world.coumba, "POST", f"/items/{page.pk}/files/", files=files, headers={"accept": "application/json"}
    )
    assert response.status_code == 422 and not File.objects.exists()


@pytest.mark.parametrize(("key", "status"), [("awa", 403), ("grace", 404), (None, 404)])
def test_only_who_may_edit_the_item_sends_there(page, world, ask, key, status):
    person = getattr(world, key) if key else None
    response = ask(person, "POST", f"/items/{page.pk}/files/", files={"file": ("a.txt", b"a")})
    assert response.status_code == status and not File.objects.exists()


def test_another_site_sends_nothing_in_our_readers_name(page, world, ask):
    headers = {"origin": "https://evil.example"}
    response = ask(world.coumba, "POST", f"/items/{page.pk}/files/", files={"file": ("a.txt", b"a")}, headers=headers)
    assert response.status_code == 403 and not File.objects.exists()


def test_what_is_no_form_is_refused(page, world, ask):
    address = f"/items/{page.pk}/files/"
    response = ask(world.coumba, "POST", address, content=b"nonsense", headers={"content-type": "multipart/form-data"})
    assert response.status_code == 400


def test_what_is_refused_is_named_in_the_senders_language_and_the_rest_is_kept(page, world, ask):
    sent = [
        ("file", (name, b"MZ\x90\x00" if name.endswith("exe") else b"mots")) for name in ("a.txt", "b.exe", "c.txt")
    ]
    answer = ask(world.coumba, "POST", f"/items/{page.pk}/files/", files=sent, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert [file["name"] for file in answer.json()["files"]] == ["a.txt", "c.txt"]
    assert answer.json()["error"].startswith("b.exe: Un programme")
