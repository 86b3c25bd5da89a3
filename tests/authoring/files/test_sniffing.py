"""Files are what their first bytes say."""

import io

import pytest

from palabre.authoring.files.extraction import DOCX, ODT, PDF
from palabre.authoring.files.sniffing import content_type, is_utf8
from tests.authoring.files import hostile


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n...", "x.txt", "image/png"),
        (b"\xff\xd8\xff\xe0", "photo", "image/jpeg"),
        (b"RIFF....WEBPVP8 ", "x", "image/webp"),
        (hostile.pdf("a"), "a.docx", PDF),
        (hostile.docx("a"), "a", DOCX),
        (hostile.odt("a"), "a.zip", ODT),
        (hostile.archive({"a.txt": "a"}), "a.zip", "application/zip"),
        (b"plain", "a", "text/plain"),
        ("été".encode("utf-16"), "a.txt", "text/plain"),
        (b"# Title", "a.md", "text/markdown"),
        (b"<p>hi", "a.html", "text/html"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html><script>", "a.txt", "text/html"),
        (b"<?xml version='1.0'?><svg onload='x'>", "photo.png", "image/svg+xml"),
        (b"\x00\x01\x02", "a.txt", "application/octet-stream"),
        (b"MZ\x90\x00", "holiday.jpg", None),
        (b"\x7fELF\x02", "tool", None),
        (b"echo hi", "setup.bat", None),
        (b"anything", "invoice.pdf.EXE", None),
        (hostile.archive({"META-INF/MANIFEST.MF": ""}), "a.zip", None),
    ],
)
def test_the_type_is_read_from_the_content(data, name, kind):
    assert content_type(io.BytesIO(data), name) == kind


def test_a_character_cut_in_two_is_still_utf8():
    assert is_utf8(("x" * 95 + "é" * 3).encode()[:-1])
    assert not is_utf8(b"\xe9t\xe9 at the start of a long enough text")
