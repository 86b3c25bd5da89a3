"""Files leave through their item's door, as nothing that could act."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from palabre.authoring.files.keeping import attach
from palabre.authoring.files.models import SHOWN, File
from palabre.authoring.files.views import HEAVY
from palabre.authoring.writing import publish, revise
from palabre.spaces.models import Membership, Space
from tests.authoring.files import hostile


@pytest.fixture
def note(page, world):
    return attach(page, world.coumba, "note.txt", [b"0123456789"])


def body(response):
    return b"".join(response.streaming_content)


def test_a_reader_of_the_item_has_its_file(note, world, sign_in):
    response = sign_in(world.awa).get(note.get_absolute_url())
    assert (response.status_code, body(response)) == (200, b"0123456789")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Length"] == "10"


@pytest.mark.parametrize("key", ["grace", "tidiane", "ines", "bineta", None])
def test_who_cannot_read_the_item_finds_nothing(note, world, sign_in, key):
    response = sign_in(getattr(world, key) if key else None).get(note.get_absolute_url())
    assert response.status_code == 404


def test_the_browser_asks_again_each_time_and_is_told_it_may_keep_what_it_has(note, world, sign_in):
    client = sign_in(world.awa)
    first = client.get(note.get_absolute_url())
    assert first["Cache-Control"] == "private, no-cache"
    again = client.get(note.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Membership.objects.filter(space=note.item.space, person=world.awa).delete()
    assert client.get(note.get_absolute_url(), headers={"If-None-Match": first["ETag"]}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "part", "where"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=3-1", 416, b"", "bytes */10"),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-" + "9" * 5000, 200, b"0123456789", None),
        ("nonsense", 200, b"0123456789", None),
    ],
)
def test_a_part_is_answered_as_a_part(note, world, sign_in, asked, status, part, where):
    response = sign_in(world.awa).get(note.get_absolute_url(), headers={"Range": asked})
    assert response.status_code == status and response.get("Content-Range") == where
    assert (response.content if status == 416 else body(response)) == part


def test_nothing_packs_a_file_on_the_way(page, world, sign_in):
    file = attach(page, world.coumba, "long.txt", [b"words " * 10_000])
    response = sign_in(world.awa).get(
        file.get_absolute_url(), headers={"Accept-Encoding": "gzip", "Range": "bytes=0-5"}
    )
    assert (response["Content-Encoding"], body(response)) == ("identity", b"words ")


def test_a_part_of_another_version_is_answered_whole(note, world, sign_in):
    response = sign_in(world.awa).get(note.get_absolute_url(), headers={"Range": "bytes=0-1", "If-Range": '"other"'})
    assert response.status_code == 200


def test_a_picture_comes_narrower_when_asked_and_never_as_asked_at_will(page, world, sign_in, photo):
    file = attach(page, world.coumba, "photo.jpg", [photo])
    client = sign_in(world.awa)
    small = client.get(f"{file.get_absolute_url()}?width=480")
    whole = client.get(f"{file.get_absolute_url()}?width=481")
    assert (small["Content-Type"], whole["Content-Type"]) == ("image/webp", "image/jpeg")
    assert small["ETag"] != whole["ETag"] and len(body(small)) < len(body(whole))


@pytest.mark.parametrize(
    ("name", "data", "kind", "disposition"),
    [
        ("a.txt", b"text", "text/plain; charset=utf-8", "inline"),
        ("a.pdf", hostile.pdf("a"), "application/pdf", "inline"),
        (
            "a.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "application/octet-stream",
            "attachment",
        ),
        ("a.html", b"<script>alert(1)</script>", "application/octet-stream", "attachment"),
        ("a.xml", b"<?xml version='1.0'?><a/>", "application/octet-stream", "attachment"),
        ("a.txt", b"<html><script>alert(1)</script>", "application/octet-stream", "attachment"),
        ("a.bin", b"\0\1\2\3", "application/octet-stream", "attachment"),
        ("a.md", b"# A", "text/markdown; charset=utf-8", "attachment"),
    ],
)
def test_only_what_cannot_act_opens_in_the_browser(page, world, sign_in, name, data, kind, disposition):
    file = attach(page, world.coumba, name, [data])
    response = sign_in(world.awa).get(file.get_absolute_url())
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith(f"{disposition}; filename*=UTF-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert ("sandbox" in response["Content-Security-Policy"]) is (kind != "application/pdf")


def test_a_large_file_is_carried_by_the_live_process(page, world, sign_in, settings):
    settings.LIVE_ADDRESS = "https://live.example"
    file = attach(page, world.coumba, "large.txt", [b"x" * 600_000])
    response = sign_in(world.awa).get(file.get_absolute_url())
    assert (response.status_code, response["Location"]) == (302, f"https://live.example{file.get_absolute_url()}")
    assert sign_in(world.grace).get(file.get_absolute_url()).status_code == 404


def test_a_large_picture_is_carried_by_it_too_and_pages_may_show_it_from_there(page, world, sign_in, settings, noise):
    settings.LIVE_ADDRESS = "https://live.example"
    client, file = sign_in(world.awa), attach(page, world.coumba, "bruit.png", [noise])
    address = file.get_absolute_url()
    assert file.size > HEAVY and client.get(address)["Location"] == f"https://live.example{address}"
    narrow = client.get(f"{address}?width=480")
    assert narrow.status_code == 200 and len(body(narrow)) < HEAVY
    wide = client.get(f"{address}?width=960")
    assert (wide.status_code, wide["Location"]) == (302, f"https://live.example{address}?width=960")
    shown = client.get(page.get_absolute_url())["Content-Security-Policy"]
    assert "img-src 'self' data: blob: https://live.example;" in shown


def test_what_the_browser_has_or_a_small_part_takes_no_detour(page, world, sign_in):
    file = attach(page, world.coumba, "large.txt", [b"0123456789" * 60_000])
    client = sign_in(world.awa)
    part = client.get(file.get_absolute_url(), headers={"Range": "bytes=0-9"})
    assert (part.status_code, body(part)) == (206, b"0123456789")
    kept = client.get(file.get_absolute_url(), headers={"If-None-Match": part["ETag"]})
    assert kept.status_code == 304


@pytest.mark.parametrize("width", ["²", "9" * 5000, "-1", "481"])
def test_a_width_that_is_none_of_ours_is_the_picture_itself(page, world, sign_in, photo, width):
    file = attach(page, world.coumba, "photo.jpg", [photo])
    response = sign_in(world.awa).get(file.get_absolute_url(), {"width": width})
    assert int(response["Content-Length"]) == file.size


def send(client, address, *uploads, **options):
    return client.post(address, {"file": [SimpleUploadedFile(*upload) for upload in uploads]}, **options)


def test_a_form_adds_several_files_and_comes_back_to_the_list(page, world, sign_in):
    client = sign_in(world.coumba)
    response = send(
        client, f"/items/{page.pk}/files/", ("a.txt", b"a"), ("b.txt", b"b"), headers={"Accept": "text/html"}
    )
    assert response.url == f"/items/{page.pk}/files/"
    listed = client.get(response.url).content.decode()
    assert "a.txt" in listed and "b.txt" in listed


def test_the_form_tells_the_live_process_where_it_comes_from(page, world, sign_in, settings):
    settings.LIVE_ADDRESS = "https://live.example"
    response = sign_in(world.coumba).get(f"/items/{page.pk}/files/")
    assert f'action="https://live.example/items/{page.pk}/files/"' in response.content.decode()
    assert response["Referrer-Policy"] == "strict-origin", "browsers would send a form without its origin"


def test_the_editor_is_given_the_markdown_to_insert(page, world, sign_in, photo):
    response = send(
        sign_in(world.coumba), f"/items/{page.pk}/files/", ("p.jpg", photo), headers={"Accept": "application/json"}
    )
    file = File.objects.get()
    assert response.status_code == 201
    assert response.json()["files"] == [
        {"id": file.pk, "name": "p.jpg", "markdown": f"![p](/files/{file.pk}/p.jpg#1200x800)"}
    ]


def test_a_refused_file_is_explained_in_the_senders_language(page, world, sign_in):
    address = f"/items/{page.pk}/files/"
    told = send(sign_in(world.coumba), address, ("a.exe", b"MZ"), headers={"Accept": "application/json"})
    assert told.status_code == 422 and "error" in told.json()
    client = sign_in(world.coumba)
    response = send(client, address, ("a.exe", b"MZ"), headers={"Accept": "text/html"})
    assert client.get(response.url).status_code == 422


@pytest.mark.parametrize(("key", "status"), [("awa", 403), ("grace", 404), (None, 404)])
def test_only_who_may_edit_the_item_adds_to_it(page, world, sign_in, key, status):
    client = sign_in(getattr(world, key) if key else None)
    assert send(client, f"/items/{page.pk}/files/", ("a.txt", b"a")).status_code == status
    assert not File.objects.exists()


def test_a_file_for_a_text_being_written_is_its_writers_alone(world, sign_in):
    response = send(sign_in(world.coumba), "/files/", ("a.txt", b"a"), headers={"Accept": "application/json"})
    address = File.objects.get(pk=response.json()["files"][0]["id"]).get_absolute_url()
    assert sign_in(world.coumba).get(address).status_code == 200
    assert sign_in(world.tom).get(address).status_code == 404
    assert send(sign_in(None), "/files/", ("a.txt", b"a")).status_code == 302


def test_a_file_is_removed_and_put_back_by_who_may_edit(note, world, sign_in):
    assert sign_in(world.awa).post(f"/files/{note.pk}/removal/").status_code == 403
    assert sign_in(world.grace).post(f"/files/{note.pk}/removal/").status_code == 404
    client = sign_in(world.marc)
    told = client.post(f"/files/{note.pk}/removal/", follow=True)
    assert f"/files/{note.pk}/restoration/" in told.content.decode()
    assert client.get(note.get_absolute_url()).status_code == 404
    assert client.get(f"/files/{note.pk}/removal/").status_code == 405
    client.post(f"/files/{note.pk}/restoration/")
    assert client.get(note.get_absolute_url()).status_code == 200


def test_the_files_page_costs_few_queries(page, world, sign_in, django_assert_max_num_queries):
    for number in range(10):
        attach(page, world.coumba, f"{number}.txt", [b"%d" % number])
    client = sign_in(world.awa)
    with django_assert_max_num_queries(12):
        assert client.get(f"/items/{page.pk}/files/").status_code == 200


def test_embedding_a_file_elsewhere_shows_it_to_nobody_else(note, world, sign_in):
    publish("page", world.spaces["le-fil"], world.marc, "Public", f"![x]({note.get_absolute_url()})\n")
    assert sign_in(None).get(note.get_absolute_url()).status_code == 404


def test_who_may_write_nowhere_keeps_no_file_here(world, sign_in):
    Membership.objects.filter(person=world.ines).delete()
    Space.objects.update(writing="members")
    assert send(sign_in(world.ines), "/files/", ("a.txt", b"a")).status_code == 403
    assert not File.objects.exists()


def test_a_page_full_of_pictures_still_shows_what_is_attached(page, world, sign_in):
    shown = [attach(page, world.coumba, "a.txt", [b"a"]) for _each in range(SHOWN)]
    attach(page, world.coumba, "Le contrat.txt", [b"a"])
    revise(page, world.coumba, page.title, " ".join(file.markdown for file in shown), based_on=1)
    assert "Le contrat.txt" in sign_in(world.awa).get(page.get_absolute_url()).content.decode()
