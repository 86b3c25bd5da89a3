"""What is kept of a file, where, and until when."""

import hashlib
import threading
from datetime import timedelta

import pytest
from django.db import connection

from palabre.authoring import tidying
from palabre.authoring.files import storage as stored
from palabre.authoring.files.extraction import PDF
from palabre.authoring.files.keeping import Unwelcome, attach, named
from palabre.authoring.files.listeners import read
from palabre.authoring.files.models import File
from palabre.authoring.models import Draft, Template
from palabre.authoring.writing import publish, revise
from palabre.items import words
from palabre.journal.models import Event
from palabre.kit.clock import now
from tests.authoring.files import hostile


def contents(folder):
    return {path.parent.name + path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def heard(file):
    return Event.objects.filter(verb="file_added", particulars__file=file.pk).get()


def test_a_file_is_kept_under_its_digest_and_told_of(page, world, storage):
    file = attach(page, world.coumba, "notes.txt", [b"one ", b"two"])
    digest = hashlib.sha256(b"one two").hexdigest()
    assert contents(storage) == {digest: b"one two"}
    assert (file.content_type, file.size, file.digest) == ("text/plain", 7, digest)
    assert (heard(file).item, heard(file).space) == (page.pk, page.space_id)


def test_the_same_content_is_kept_once(page, world, storage):
    attach(page, world.coumba, "a.txt", [b"same"])
    attach(page, world.marc, "b.txt", [b"same"])
    assert len(contents(storage)) == 1


def test_a_photograph_is_redrawn_and_made_narrower(page, world, storage, photo):
    file = attach(page, world.coumba, "Tranchée n° 3.jpg", [photo])
    assert (file.width, file.height, file.widths) == (1200, 800, [480, 960])
    assert file.markdown == f"![Tranchée n° 3](/files/{file.pk}/Tranch%C3%A9e%20n%C2%B0%203.jpg#1200x800)"
    kept = contents(storage)
    assert len(kept) == 3 and not any(b"Exif" in data for data in kept.values())


@pytest.mark.parametrize(
    ("name", "chunks", "reason"),
    [
        ("a.txt", [b""], "empty"),
        ("a.txt", [b"x" * 600, b"x" * 600], "size"),
        ("photo.jpg", [b"MZ this is a program"], "program"),
        ("photo.jpg", [b"\xff\xd8\xff and then nothing of a picture"], "picture"),
    ],
)
def test_an_unwelcome_file_is_refused_with_a_sentence_and_leaves_nothing(
    page, world, storage, settings, name, chunks, reason
):
    settings.PALABRE_FILE_SIZE = 1000
    with pytest.raises(Unwelcome) as refused:
        attach(page, world.coumba, name, chunks)
    assert refused.value.reason == reason and str(refused.value.sentence)
    assert not File.objects.exists() and not contents(storage)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie: x.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("what?#50%.md", "what 50 .md"),
        ("", "file"),
        ("...", "file"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(given, kept):
    assert named(given) == kept


def test_what_is_stored_appears_whole_or_not_at_all(storage, monkeypatch):
    """The power fails while the bytes are written."""
    from django.core.files.base import ContentFile

    def fail(_descriptor):
        raise OSError("no power")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no power"):
        stored.keep(stored.place("ab" * 32), ContentFile(b"half"))
    assert contents(storage) == {}


def test_the_words_of_a_file_are_found_under_its_item(page, world):
    file = attach(page, world.coumba, "devis.pdf", [hostile.pdf("Quatre cents metres de gaine")])
    read(heard(file))
    file.refresh_from_db()
    assert (file.content_type, file.text) == (PDF, "Quatre cents metres de gaine")
    assert words.of([page.pk])["files"] == {page.pk: "devis.pdf\n\nQuatre cents metres de gaine"}
    assert Event.objects.filter(verb="file_read", item=page.pk).count() == 1


def test_a_file_is_read_once_though_it_is_heard_of_twice(page, world):
    file = attach(page, world.coumba, "a.txt", [b"words"])
    read(heard(file))
    read(heard(file))
    assert Event.objects.filter(verb="file_read").count() == 1


def test_a_file_that_cannot_be_read_says_so(page, world):
    file = attach(page, world.coumba, "a.docx", [hostile.zip_bomb()])
    file.content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file.save()
    read(heard(file))
    file.refresh_from_db()
    assert (file.failure, file.text) == ("bomb", "")


def test_a_file_dropped_into_a_new_text_comes_along_when_it_is_published(page, world):
    file = attach(None, world.coumba, "plan.txt", [b"plan"])
    assert not File.objects.visible_to(world.marc).filter(pk=file.pk)
    item = publish("page", page.space, world.coumba, "Neuf", f"[plan](/files/{file.pk}/plan.txt)\n")
    file.refresh_from_db()
    assert file.item == item and heard(file).item == item.pk
    assert File.objects.visible_to(world.marc).filter(pk=file.pk)


def test_naming_somebody_elses_file_in_a_text_does_not_show_it(page, world):
    file = attach(None, world.coumba, "plan.txt", [b"plan"])
    publish("page", page.space, world.marc, "Neuf", f"[plan](/files/{file.pk}/plan.txt)\n")
    file.refresh_from_db()
    assert file.item is None and not File.objects.visible_to(world.marc).filter(pk=file.pk)


def test_a_removed_file_can_be_restored_and_leaves_after_a_while(page, world, storage):
    file = attach(page, world.coumba, "a.txt", [b"words"])
    twin = attach(page, world.coumba, "b.txt", [b"words"])
    file.remove(world.marc)
    assert not File.objects.visible_to(world.coumba).filter(pk=file.pk)
    assert Event.objects.filter(verb="file_removed", item=page.pk, by=world.marc.pk).exists()
    file.restore(world.marc)
    assert File.objects.visible_to(world.coumba).filter(pk=file.pk)
    file.remove(world.marc)
    assert tidying.tidy() == 0
    File.objects.filter(pk=file.pk).update(removed_at=now() - timedelta(days=31))
    assert tidying.tidy() == 1 and len(contents(storage)) == 1
    twin.remove(world.marc)
    File.objects.filter(pk=twin.pk).update(removed_at=now() - timedelta(days=31))
    assert tidying.tidy() == 1 and not contents(storage)


def test_a_file_waits_as_long_as_a_draft_names_it(page, world):
    file = attach(None, world.coumba, "a.txt", [b"words"])
    File.objects.update(at=now() - timedelta(days=90))
    draft = Draft.objects.create(person=world.coumba, kind="page", body=f"![](/files/{file.pk}/a.txt)")
    assert tidying.tidy() == 0
    draft.delete()
    assert tidying.tidy() == 1


def test_a_file_pasted_into_a_page_that_is_there_comes_to_it(page, world):
    file, other = (attach(None, by, "a.txt", [b"words"]) for by in (world.coumba, world.marc))
    revise(page, world.coumba, page.title, f"![](/files/{file.pk}/a.txt) ![](/files/{other.pk}/a.txt)", based_on=1)
    file.refresh_from_db()
    other.refresh_from_db()
    assert (file.item, other.item) == (page, None)


def test_a_file_waits_as_long_as_a_template_or_somebodys_text_names_it(page, world):
    file = attach(None, world.marc, "a.txt", [b"words"])
    File.objects.update(at=now() - timedelta(days=90))
    body = f"![](/files/{file.pk}/a.txt)"
    template = Template.objects.create(space=page.space, name="Un modèle", body=body, by=world.marc)
    assert tidying.tidy() == 0
    revise(page, world.coumba, page.title, body, based_on=1)
    template.delete()
    assert tidying.tidy() == 0
    revise(page, world.coumba, page.title, "Sans.", based_on=2)
    assert tidying.tidy() == 1


@pytest.mark.parametrize("name", ["setup.hta.", "x.bat%", "x.EXE "])
def test_the_name_that_is_kept_is_the_one_that_is_judged(page, world, name):
    with pytest.raises(Unwelcome):
        attach(page, world.coumba, name, [b"words"])


def test_files_that_wait_for_their_text_have_a_limit(page, world, settings):
    settings.PALABRE_FILE_SIZE = 10
    for _each in range(21):
        attach(None, world.coumba, "a.txt", [b"0123456789"])
    with pytest.raises(Unwelcome) as unwelcome:
        attach(None, world.coumba, "a.txt", [b"0123456789"])
    assert unwelcome.value.reason == "waiting"
    assert attach(page, world.coumba, "a.txt", [b"0123456789"])


def test_contents_that_no_row_names_are_tidied_and_fresh_ones_are_left(page, world, storage):
    attach(page, world.coumba, "a.txt", [b"kept"])
    stray = storage / "ab" / ("cd" * 31)
    stray.parent.mkdir()
    stray.write_bytes(b"stray")
    tidying.tidy()
    assert stray.exists()
    tidying.tidy(grace=timedelta(0))
    assert not stray.exists() and list(contents(storage).values()) == [b"kept"]


def test_nothing_is_tidied_while_a_copy_is_made(page, world, storage):
    stray = storage / "ab" / ("cd" * 31)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"named by a row of the copy")
    begun, enough = threading.Event(), threading.Event()

    def copy():
        with tidying.contents_kept():
            begun.set()
            enough.wait(30)
        connection.close()

    copying = threading.Thread(target=copy)
    copying.start()
    assert begun.wait(30)
    try:
        tidying.tidy(grace=timedelta(0))
        assert stray.exists()
    finally:
        enough.set()
        copying.join(30)
    tidying.tidy(grace=timedelta(0))
    assert not stray.exists()
