"""The words of a file, so that it can be found: PDF, DOCX, ODT, and plain text with its cousins.

`words` is what the rest of the house calls; it has the file read by a confined process, in which `text_of`
runs. Nothing here may import Django: the process starts in a fifth of a second.
"""

import codecs
import encodings
import importlib
import io
import pkgutil
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import IO

from defusedxml.ElementTree import iterparse

from palabre.kit.confinement import Bounds, run

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
PLAIN = ("text/plain", "text/markdown", "text/csv", "text/html")
READABLE = frozenset({PDF, DOCX, ODT, *PLAIN})

LONGEST = 1_000_000
MOST_PAGES = 2_000
MOST_MEMBERS = 2_000
LARGEST_MEMBER = 64 * 1024 * 1024
HIGHEST_RATIO = 200
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# What stands between two words without being a letter.
GAPS = {f"{WORD}{name}" for name in ("tab", "br", "cr")} | {f"{TEXT}{name}" for name in ("tab", "line-break", "s")}


def words(file: IO[bytes], content_type: str, bounds: Bounds | None = None) -> str:
    """The text of an open file, at most LONGEST characters; "" for a type that has none. Raises
    confinement.Failure.
    """
    if content_type not in READABLE:
        return ""
    return run(f"{__name__}:text_of", file, content_type, bounds=bounds)


def prepare() -> None:
    """Loads what readers load on first use, before the confined process can open no file any more."""
    import pypdf

    for package in (pypdf, encodings):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            with suppress(ImportError):  # encryption that is not installed, codings of other systems
                importlib.import_module(module.name)


def text_of(file: IO[bytes], content_type: str) -> str:
    """Runs confined. Raises ValueError with one word that says what is wrong."""
    if content_type == PDF:
        pieces = _pdf(file)
    elif content_type == DOCX:
        pieces = _document(
            file, r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml", WORD + "t", (WORD + "p",)
        )
    elif content_type == ODT:
        pieces = _document(file, r"content\.xml", None, (TEXT + "p", TEXT + "h"))
    else:
        pieces = _plain(file, content_type)
    return _gathered(pieces)


def _gathered(pieces: Iterator[str]) -> str:
    """Pieces joined until LONGEST; NUL and lone surrogates, which no database keeps, left out."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece) + 1
        if length > LONGEST:
            break
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", " ", "\n".join(kept)[:LONGEST])
    return re.sub(r"[ \t]+", " ", re.sub(r"\s*\n\s*", "\n", text)).strip()


def _pdf(file: IO[bytes]) -> Iterator[str]:
    import pypdf  # here, since only the confined process reads: 17 MB less in all others

    try:
        document = pypdf.PdfReader(file)
        if document.is_encrypted and not document.decrypt(""):
            raise ValueError("encrypted")
        for page in document.pages[:MOST_PAGES]:
            yield page.extract_text()
    except (pypdf.errors.PyPdfError, RecursionError) as failure:
        raise ValueError("unreadable") from failure


def _document(file: IO[bytes], members: str, texts: str | None, paragraphs: tuple[str, ...]) -> Iterator[str]:
    """Paragraphs of a zipped document: the text of `texts` elements, or all text where `texts` is None."""
    with _archive(file) as archive:
        for member in archive.infolist():
            if not re.fullmatch(members, member.filename):
                continue
            with archive.open(member) as content:
                yield from _paragraphs(io.BytesIO(_bounded(content)), texts, paragraphs)


def _archive(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as failure:
        raise ValueError("unreadable") from failure
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise ValueError("bomb")
    for member in members:
        swollen = member.file_size > HIGHEST_RATIO * max(member.compress_size, 1024)
        if member.file_size > LARGEST_MEMBER or swollen:
            raise ValueError("bomb")
    return archive


def _bounded(content: IO[bytes]) -> bytes:
    """An archive may lie about the size of its members: it is counted again while unpacking."""
    data = content.read(LARGEST_MEMBER + 1)
    if len(data) > LARGEST_MEMBER:
        raise ValueError("bomb")
    return data


def _paragraphs(content: IO[bytes], texts: str | None, paragraphs: tuple[str, ...]) -> Iterator[str]:
    line: list[str] = []
    try:
        for _event, element in iterparse(content, events=("end",), forbid_dtd=True):
            if element.tag in GAPS:
                line.append(" ")
                element.text = " "
            elif element.tag == texts:
                line.append(element.text or "")
            if element.tag in paragraphs:
                whole = "".join(element.itertext()) if texts is None else "".join(line)
                line.clear()
                yield whole
                element.clear()
    except (SyntaxError, RecursionError) as failure:
        raise ValueError("unreadable") from failure


def _plain(file: IO[bytes], content_type: str) -> Iterator[str]:
    data = file.read(4 * LONGEST)
    text = _decoded(data)
    if content_type != "text/html":
        yield text
        return
    page = _Page()
    page.feed(text)
    page.close()
    yield "".join(page.pieces)


def _decoded(data: bytes) -> str:
    for mark, coding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(coding, "replace")
    try:
        # The last character may be cut in two where a file is longer than what is read.
        return codecs.getincrementaldecoder("utf-8")().decode(data, final=len(data) < 4 * LONGEST)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


class _Page(HTMLParser):
    """The words of a page, without its scripts and styles; blocks on lines of their own."""

    SILENT = frozenset({"script", "style", "template", "noscript"})
    INLINE = frozenset(
        {"a", "abbr", "b", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silence = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silence += tag in self.SILENT
        if tag not in self.INLINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silence = max(self.silence - (tag in self.SILENT), 0)

    def handle_data(self, data: str) -> None:
        if not self.silence:
            self.pieces.append(data)
