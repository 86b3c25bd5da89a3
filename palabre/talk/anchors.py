"""A remark on a passage: how it is kept, and how it is found again after the text has changed.

The quotation itself and a few words on either side are kept (the text-quote selector of the W3C's Web
Annotation model). Where the quotation stands more than once, its surroundings decide; where it stands no
more, the passage has changed and the reader is told so, never shown another one.
"""

from dataclasses import dataclass

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


def _common_start(a: str, b: str) -> int:
    length = 0
    for one, other in zip(a.lstrip(), b.lstrip(), strict=False):
        if one != other:
            break
        length += 1
    return length


def _common_end(a: str, b: str) -> int:
    return _common_start(a.rstrip()[::-1], b.rstrip()[::-1])
