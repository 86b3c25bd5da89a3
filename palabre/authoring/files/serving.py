"""How the bytes of a file leave: never as a page of ours.

Whatever it holds, a file has no origin (`sandbox`), runs nothing (`default-src 'none'`), is what we say it is
(`nosniff`), and opens in the browser only if it is a picture we drew, a PDF, or plain text. The browser keeps it and
asks each time whether it still may (304); rights are checked before every answer. The web and the live process both
answer with this.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from palabre.authoring.files.extraction import PDF
from palabre.authoring.files.sniffing import HEAD, PICTURES, is_utf8

CHUNK = 64 * 1024
NOTHING = "default-src 'none'; frame-ancestors 'none'"
POLICIES = {
    # A browser's own viewer of PDF is a plug-in of the page, which a sandbox would not let start.
    PDF: "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "": f"sandbox; {NOTHING}",
}
SHOWN = PICTURES | {PDF, "text/plain"}
# Types that a browser could take for a page, or that we do not vouch for, leave as bytes without meaning.
NAMED = re.compile(
    r"(image/(?!svg)|audio/|video/|application/(pdf|zip|json|msword|rtf|vnd\.)|text/(plain|markdown|csv))"
)
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")  # as long as a number of bytes can be


@dataclass(frozen=True)
class Answer:
    """A status, headers, and the part of the content to send (none for 304 and 416)."""

    status: int
    headers: dict[str, str]
    content: Any = None
    start: int = 0
    length: int = 0

    def chunks(self) -> Iterator[bytes]:
        """The bytes to send; closes the content at the end, however it ends."""
        if self.content is None:
            return
        with self.content as content:
            content.seek(self.start)
            left = self.length
            while left and (chunk := content.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk


def answer(file: Any, asked: Mapping[str, str], width: str = "") -> Answer:
    """What to answer to request headers (`asked`, any case-insensitive mapping) for a file whose door was opened; it
    may be of another room that holds contents (`storage.holds_contents`).
    """
    narrower = next((each for each in file.widths if str(each) == width), None)
    etag = f'"{file.digest[:32]}{f"-{narrower}" if narrower else ""}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Vary": "Cookie",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-site",
        "Content-Security-Policy": POLICIES.get(file.content_type, POLICIES[""]),
        "Accept-Ranges": "bytes",
        "Content-Encoding": "identity",  # packed on the way, a part would not be the part asked for
    }
    if etag in asked.get("if-none-match", ""):
        return Answer(304, headers)
    content = file.open(narrower)
    size = content.size
    shown = file.content_type in SHOWN
    headers |= {
        "Content-Type": "image/webp" if narrower else _content_type(file, content),
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.name, safe='')}",
    }
    start, end = 0, size
    if asked.get("range") and asked.get("if-range", etag) == etag:
        part = _part(asked["range"], size)
        if part == (0, 0):
            content.close()
            return Answer(416, headers | {"Content-Range": f"bytes */{size}"})
        if part:
            start, end = part
            headers |= {"Content-Range": f"bytes {start}-{end - 1}/{size}", "Content-Length": str(end - start)}
            return Answer(206, headers, content, start, end - start)
    return Answer(200, headers | {"Content-Length": str(size)}, content, start, end - start)


def _content_type(file: Any, content: Any) -> str:
    if not NAMED.match(file.content_type):
        return "application/octet-stream"
    if file.content_type.startswith("text/"):
        coding = "utf-8" if is_utf8(content.read(HEAD)) else "windows-1252"
        return f"{file.content_type}; charset={coding}"
    return file.content_type


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """From and to (excluded) of one range; None for what we do not answer in parts, (0, 0) for what is not there."""
    found = RANGE.fullmatch(asked.strip())
    if not found or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    return (start, end) if start < end else (0, 0)
