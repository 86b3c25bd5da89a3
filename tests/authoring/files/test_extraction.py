"""The words of files, and what becomes of files made to hurt."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from palabre.authoring.files.extraction import DOCX, LONGEST, ODT, PDF, words
from palabre.kit.confinement import Bounds, Failure, run
from tests.authoring.files import hostile

TIGHT = Bounds(seconds=6, memory=512 * 1024 * 1024)


def read(data, content_type, bounds=None):
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return words(file, content_type, bounds)


def failure(data, content_type, bounds=TIGHT):
    with pytest.raises(Failure) as failed:
        read(data, content_type, bounds)
    return failed.value.reason


def test_the_words_of_a_pdf_are_read():
    assert read(hostile.pdf("Raccorder un client \xe0 la fibre"), PDF) == "Raccorder un client à la fibre"


def test_the_words_of_a_pdf_with_embedded_fonts_are_read():
    printed = Path(__file__).with_name("fibre.pdf").read_bytes()
    assert read(printed, PDF) == "Raccorder un client à la fibre\nLes quatre temps — « été » œuvre"


def test_the_words_of_a_word_document_are_read_whole_and_by_paragraph():
    assert read(hostile.docx("Réunion du matin", "Les quatre temps"), DOCX) == "Réunion du matin\nLes quatre temps"


def test_headings_are_read_and_what_stands_between_words_parts_them():
    data = hostile.odt("Nom<text:tab/>Prénom", "Deux")
    assert read(data, ODT) == "Nom Prénom\nDeux"
    text = "<text:h>Un titre</text:h><text:p>Un<text:s/>mot</text:p>"
    body = f'<o:d xmlns:o="x" xmlns:text="{hostile.OPEN}text:1.0">{text}</o:d>'
    assert read(hostile.archive({"mimetype": ODT, "content.xml": body}), ODT) == "Un titre\nUn mot"
    run = "<w:p><w:r><w:t>Nom</w:t><w:tab/><w:t>Prénom</w:t></w:r></w:p>"
    body = f'<w:document xmlns:w="{hostile.WORD}"><w:body>{run}</w:body></w:document>'
    assert read(hostile.archive({"word/document.xml": body}), DOCX) == "Nom Prénom"


def test_the_words_of_an_open_document_are_read():
    data = hostile.odt("Un <text:span>mot</text:span> mis<text:line-break/> en valeur", "Deux")
    assert read(data, ODT) == "Un mot mis en valeur\nDeux"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_in_the_coding_it_is_in(coding):
    assert read("l’été à Thiès".encode(coding), "text/plain") == "l’été à Thiès"


def test_a_last_letter_in_an_old_coding_is_kept():
    assert read("café".encode("cp1252"), "text/plain") == "café"


def test_a_page_gives_its_words_and_not_its_scripts():
    page = b"<title>T</title><script>alert(1)</script><p>One <b>two</b></p><style>p{}</style><p>three &amp; four"
    assert read(page, "text/html") == "T\nOne two\nthree & four"


def test_a_long_file_is_read_up_to_a_limit():
    assert len(read(b"word " * 1_000_000, "text/plain")) <= LONGEST


def test_what_no_database_keeps_is_left_out():
    assert read(b"a\0b\x01c", "text/plain") == "a b c"


def test_a_file_of_another_kind_has_no_words():
    assert read(b"\x89PNG", "image/png") == ""


@pytest.mark.parametrize(
    ("make", "content_type", "reasons"),
    [
        (hostile.zip_bomb, DOCX, {"bomb"}),
        (hostile.lying_zip_bomb, DOCX, {"bomb", "unreadable"}),
        (hostile.crowded_zip, DOCX, {"bomb"}),
        (lambda: hostile.docx("&a9;", before=hostile.BILLION_LAUGHS), DOCX, {"unreadable"}),
        (lambda: hostile.docx("&x;", before=hostile.OUTSIDE_ENTITY), DOCX, {"unreadable"}),
        (hostile.pdf_bomb, PDF, {"memory", "unreadable"}),
        (hostile.endless_pdf, PDF, {"time"}),
        (lambda: b"%PDF-1.4 and then nothing", PDF, {"unreadable"}),
        (lambda: b"PK\x03\x04 not an archive", ODT, {"unreadable"}),
        (lambda: b"", PDF, {"unreadable"}),
    ],
)
def test_a_file_made_to_hurt_comes_back_as_a_stated_failure(make, content_type, reasons):
    data = make()
    bounds = Bounds(seconds=2) if reasons == {"time"} else TIGHT
    began = time.monotonic()
    assert failure(data, content_type, bounds) in reasons
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("spin", {"time"}),
        ("sleep", {"time"}),
        ("swell", {"memory"}),
        ("shout", {"size"}),
        ("recurse", {"unreadable"}),
        ("open_a_file", {"refused"}),
        ("open_a_socket", {"refused"}),
        ("start_a_program", {"refused"}),
    ],
)
def test_a_confined_process_can_do_no_harm(function, reason):
    bounds = Bounds(1 if reason == {"time"} else 10, 300_000_000, 100_000)
    with tempfile.TemporaryFile() as nothing, pytest.raises(Failure) as failed:
        run(f"tests.authoring.files.misdeeds:{function}", nothing, bounds=bounds)
    assert failed.value.reason in reason


def test_a_confined_process_knows_nothing_of_our_surroundings(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    with tempfile.TemporaryFile() as nothing:
        assert "hush" not in run("tests.authoring.files.misdeeds:surroundings", nothing)


def test_no_process_is_left_behind():
    with tempfile.TemporaryFile() as nothing, pytest.raises(Failure):
        run("tests.authoring.files.misdeeds:sleep", nothing, bounds=Bounds(1))
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    assert not [pid for pid in children.read_text().split() if b"confined" in Path(f"/proc/{pid}/cmdline").read_bytes()]
