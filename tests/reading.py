"""Pages as tests read them: as a browser does, to which the white space that lays out a template is none."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

_TAG = re.compile(r"""<(?:!--.*?-->|(?:"[^"]*"|'[^']*'|[^'">])*>)""", re.S)
_GAP = re.compile(r"""("[^"]*"|'[^']*')|\s+(/?>$)?""")
_NAME = re.compile(r"</?([a-z0-9-]+)", re.I)
INLINE = frozenset(
    ("a", "b", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time")
)
AS_WRITTEN = frozenset(("pre", "script", "style", "textarea"))


@pytest.fixture(autouse=True, scope="session")
def _read_as_a_browser_does() -> Iterator[None]:
    """What the test client gets of HTML is `close`."""
    from django.test import Client

    ask = Client.request

    def request(self: Client, **environ: Any) -> Any:
        response = ask(self, **environ)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = close(response.content.decode()).encode()
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield


def close(html: str) -> str:
    """HTML without the line breaks of its layout: none within a tag, at the edges of an element, or between two; one
    that parts words from an element among them is a space.
    """
    pieces: list[str] = []
    at, kept = 0, ""
    before = ""
    for found in _TAG.finditer(html):
        tag = found[0]
        name = match[1].lower() if (match := _NAME.match(tag)) else ""
        if kept:
            if tag.startswith(f"</{kept}"):
                kept = ""
            pieces += html[at : found.start()], tag
        else:
            pieces += _edged(html[at : found.start()], before, tag), _GAP.sub(lambda gap: gap[1] or gap[2] or " ", tag)
            kept = name if name in AS_WRITTEN and not tag.startswith("</") else ""
        at, before = found.end(), tag
    return "".join([*pieces, html[at:]])


def _edged(words: str, before: str, after: str) -> str:
    """The words between two tags."""
    if not words.strip():
        return "" if "\n" in words else words
    start, end = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    if "\n" in start:
        start = " " if before.startswith("</") and _is_inline(before) else ""
    if "\n" in end:
        end = " " if not after.startswith("</") and _is_inline(after) else ""
    return start + words.strip() + end


def _is_inline(tag: str) -> bool:
    return bool(found := _NAME.match(tag)) and found[1].lower() in INLINE
