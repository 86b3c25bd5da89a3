"""What a file is, by its first bytes; the name and the type that came with it are only hints."""

import codecs
import mimetypes
import zipfile
from pathlib import PurePath
from typing import IO

from palabre.authoring.files.extraction import DOCX, PDF

HEAD = 4096
UNKNOWN = "application/octet-stream"
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})

# Programs of the usual systems, and what a double click would run.
PROGRAMS = (
    *(b"MZ", b"\x7fELF", b"dex\n"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
)
PROGRAM_NAMES = frozenset(
    {".apk", ".app", ".appx", ".bat", ".cab", ".chm", ".cmd", ".com", ".cpl", ".deb", ".dll", ".dmg", ".exe", ".hta"}
    | {".iso", ".jar", ".js", ".jse", ".lnk", ".msc", ".msi", ".msix", ".pif", ".pkg", ".ps1", ".reg", ".rpm", ".scr"}
    | {".url", ".vb", ".vbe", ".vbs", ".wsf", ".wsh", ".xll"}
)

MARKS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", PDF),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"{\\rtf", "application/rtf"),
)
RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
OFFICE = {"word/": DOCX} | {
    folder: f"application/vnd.openxmlformats-officedocument.{name}"
    for folder, name in (("xl/", "spreadsheetml.sheet"), ("ppt/", "presentationml.presentation"))
}
OPEN_DOCUMENTS = {
    f"application/vnd.oasis.opendocument.{name}" for name in ("text", "spreadsheet", "presentation", "graphics")
}
WRITTEN = {
    ".md": "text/markdown", ".markdown": "text/markdown", ".csv": "text/csv", ".tsv": "text/csv",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".svg": "image/svg+xml",
    ".xml": "application/xml", ".json": "application/json", ".ics": "text/calendar", ".vcf": "text/vcard",
}  # fmt: skip


def content_type(file: IO[bytes], name: str) -> str | None:
    """The type of an open file, None for a program. Leaves the file at its start."""
    file.seek(0)
    head = file.read(HEAD)
    suffix = PurePath(name).suffix.lower()
    found = None if suffix in PROGRAM_NAMES or head.startswith(PROGRAMS) else _type(file, head, suffix)
    file.seek(0)
    return found


def _type(file: IO[bytes], head: bytes, suffix: str) -> str | None:
    for mark, kind in MARKS:
        if head.startswith(mark):
            return kind
    if head.startswith(b"RIFF"):
        return RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head.startswith(b"PK\x03\x04"):
        return _archive(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        guessed = mimetypes.types_map.get(suffix, UNKNOWN)
        return guessed if guessed.startswith(("application/msword", "application/vnd.ms-")) else UNKNOWN
    return _written(head, suffix)


def _archive(file: IO[bytes]) -> str | None:
    """A document in an archive, an archive, or a program in one: only the directory is read."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()[:2000]
            if "mimetype" in names:
                with archive.open("mimetype") as said:
                    kind = said.read(100).decode("ascii", "replace").strip()
                return kind if kind in OPEN_DOCUMENTS else "application/zip"
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError):
        return UNKNOWN
    if "AndroidManifest.xml" in names or "META-INF/MANIFEST.MF" in names:
        return None
    for folder, kind in OFFICE.items():
        if any(name.startswith(folder) for name in names):
            return kind
    return "application/zip"


def _written(head: bytes, suffix: str) -> str:
    if not is_text(head):
        return UNKNOWN
    opening = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in opening[:1024]:
        return "image/svg+xml"
    if opening.startswith((b"<!doctype html", b"<html", b"<script")):
        return "text/html"
    return WRITTEN.get(suffix, "text/plain")


def is_text(head: bytes) -> bool:
    """Whether it reads as text: no control characters but the usual, in any coding of a byte or two."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(sign < 32 and sign not in b"\t\n\r\f\x1b" for sign in head)


def is_utf8(head: bytes) -> bool:
    """Whether these first bytes are UTF-8, a character cut at the end apart."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
