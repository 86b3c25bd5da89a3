"""The heading that a page is called by: the first of its text, though badges, a label or a remark stand before it."""

import re
from html import unescape
from itertools import pairwise

from markdown_it import MarkdownIt

BEFORE = 4_000  # characters, within which the first heading is looked for

_BLOCKS = MarkdownIt("commonmark").enable("table")
_BLOCKS.core.ruler.enableOnly(["normalize", "block"])
_FIRST = re.compile(
    r"\A\s*(?:#[ \t]+(?P<marked>[^\n]+?)[ \t]*(?:[ \t]#+[ \t]*)?|(?P<underlined>[^\n]+)\n=+[ \t]*)(?:\n|\Z)"
)
_LATER = re.compile(r"^(?:#[ \t]|=+[ \t]*$)", re.MULTILINE)
_GIVEN = re.compile(r"\s*\{[#:][^}]*\}\s*\Z")  # the name or the looks it was given
_MARKUP = (
    (re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]"), r"\1"),
    (re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"<[^>]+>|[`*]|(?<!\w)_+|_+(?!\w)"), ""),
    (re.compile(r"\\([^\w\s])"), r"\1"),
)


def headed(body: str) -> tuple[str, str]:
    """The first heading of a text, when it is one of the first rank, in plain words, and the text without it."""
    if found := _FIRST.match(body):
        return plain(found["marked"] or found["underlined"]), body[found.end() :]
    if not _LATER.search(body, 0, BEFORE):
        return "", body
    lines = body.split("\n")
    looked_at = body if len(body) <= BEFORE else body[:BEFORE].rpartition("\n")[0]  # whole lines
    for token, inner in pairwise(_BLOCKS.parse(looked_at)):
        if token.type == "heading_open":
            if token.tag != "h1" or token.level or token.map is None:
                break
            start, end = token.map
            return plain(inner.content), "\n".join([*lines[:start], *lines[end:]])
    return "", body


def plain(heading: str) -> str:
    """Its words, without the signs by which it is written."""
    heading = _GIVEN.sub("", heading)
    for pattern, kept in _MARKUP:
        heading = pattern.sub(kept, heading)
    return " ".join(unescape(heading).split())
