"""A remark on a passage: how it is kept, and how it is found again after the text has changed.

The quotation itself and a few words on either side are kept (the text-quote selector of the W3C's Web
Annotation model). Where the quotation stands more than once, its surroundings decide; where it stands no
more, the passage has changed and the reader is told so, never shown another one.

A mention is kept as it was written and shown as a name to whoever may meet the person: what is kept is the former,
what a reader copies the latter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote as quoted

from palabre.kit.html import strip

AROUND = 40
LONGEST = 600


@dataclass(frozen=True)
class Anchor:
    """A quotation with what stood before and after it, white space made single."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    def find(self, text: str) -> tuple[int, int] | None:
        """Start and end of the passage in `plain(text)`, or None when it has changed."""
        text = plain(text)
        if not self.exact:
            return None
        best, best_score, start = None, -1, text.find(self.exact)
        while start >= 0:
            end = start + len(self.exact)
            score = _common_end(text[:start], self.prefix) + _common_start(text[end:], self.suffix)
            if score > best_score:
                best, best_score = (start, end), score
            start = text.find(self.exact, start + 1)
        return best


def plain(text: str) -> str:
    """Text as a browser selects it: runs of white space are one space."""
    return " ".join(text.split())


def anchor(text: str, quote: str, prefix: str = "", suffix: str = "") -> Anchor | None:
    """The anchor of `quote` in `text` as it stands, or None when the text says no such thing."""
    text = plain(text)
    found = Anchor(plain(quote)[:LONGEST], plain(prefix)[-AROUND:], plain(suffix)[:AROUND])
    if not (span := found.find(text)):
        return None
    start, end = span
    return Anchor(found.exact, text[max(0, start - AROUND) : start], text[end : end + AROUND])


def anchor_in(html: str, quote: str, prefix: str = "", suffix: str = "") -> Anchor | None:
    """The anchor of what a reader copied from `html`, a text whose marks were resolved for them, or wrote by hand."""
    told = _Told(html)
    seen = anchor(told.shown, quote, prefix, suffix)
    span = seen.find(told.shown) if seen else None
    if span is None:
        return anchor(told.kept, quote, prefix, suffix)
    start, end = told.kept_at(span[0], "start"), told.kept_at(span[1], "end")
    kept = told.kept
    return Anchor(kept[start:end][:LONGEST], kept[max(0, start - AROUND) : start], kept[end : end + AROUND])


# Signs that stand for no letter, and so in no text.
_MENTION = re.compile(r'<a\b[^>]*?\bdata-said="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_MARKED = re.compile("\ufdd0(.*?)\ufdd1(.*?)\ufdd2", re.DOTALL)


class _Told:
    """A text as a reader sees it and as it is kept, white space made single, and the way from one to the other."""

    def __init__(self, html: str) -> None:
        self._text = plain(strip(_MENTION.sub("\ufdd0\\1\ufdd1\\2\ufdd2", html)))
        self.kept, self.shown = _MARKED.sub(r"\1", self._text), _MARKED.sub(r"\2", self._text)

    def kept_at(self, place: int, side: Literal["start", "end"]) -> int:
        """The place in what is kept of one in what is shown; within a mention, that of its start or its end."""
        at = 0
        for kept, shown, mentioned in self._pieces():
            if place < len(shown) or (side == "end" and place == len(shown)):
                within = len(kept) if side == "end" and place else 0
                return at + (within if mentioned else place)
            at, place = at + len(kept), place - len(shown)
        return at

    def _pieces(self) -> Iterator[tuple[str, str, bool]]:
        since = 0
        for found in _MARKED.finditer(self._text):
            between = self._text[since : found.start()]
            yield between, between, False
            yield found[1], found[2], True
            since = found.end()
        yield self._text[since:], self._text[since:], False


def place(text: str, start: int, exact: str) -> int:
    """How many times `exact` stands in `plain(text)` before the passage that begins at `start`."""
    text = plain(text)
    places, at = 0, text.find(exact)
    while 0 <= at < start:
        places, at = places + 1, text.find(exact, at + 1)
    return places


def fragment(text: str, span: tuple[int, int]) -> str:
    """The end of an address by which a browser finds and shows a passage of `text`, without any script of ours.

    What surrounds it is named where the same words stand elsewhere too: whole words of one line, since a browser looks
    for them within one block.
    """
    start, end = span
    whole = plain(text)
    exact = whole[start:end]
    words = exact.split()
    directive = _escaped(exact) if len(exact) <= 60 else f"{_escaped(*words[:4])},{_escaped(*words[-4:])}"
    if whole.find(exact) != whole.rfind(exact):
        before, after = _words_around(text, start, end)
        directive = f"{_escaped(*before[-4:])}-,{directive}" if before else directive
        directive = f"{directive},-{_escaped(*after[:4])}" if after else directive
    return f":~:text={directive}"


def _words_around(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """The words before and after a passage, each of the nearest line that has some."""
    before: list[str] = []
    after: list[str] = []
    at = 0
    for line in filter(None, map(plain, text.split("\n"))):
        if at < start:
            before = line[: start - at].split()
        if at + len(line) > end and not after:
            after = line[max(0, end - at) :].split()
        at += len(line) + 1
    return before, after


def _escaped(*words: str) -> str:
    """Words of a directive, in which a hyphen means something."""
    return quoted(" ".join(words), safe="").replace("-", "%2D")


def _common_start(a: str, b: str) -> int:
    length = 0
    for one, other in zip(a.lstrip(), b.lstrip(), strict=False):
        if one != other:
            break
        length += 1
    return length


def _common_end(a: str, b: str) -> int:
    return _common_start(a.rstrip()[::-1], b.rstrip()[::-1])
