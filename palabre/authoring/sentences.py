"""The sentence around a word: what a backlink shows of the text that cites it."""

import re
from bisect import bisect_right

LONGEST = 280
_END = re.compile(r"(?<=[.!?…])[\"'»”’)\]]*\s+(?=[\"'«“‘(\[]?\s?[^\W\d_a-zà-ÿ]|\d)")


def shorten(text: str, length: int) -> str:
    """At most so many characters, cut between words, the cut shown."""
    if len(text) <= length:
        return text
    return text[: text.rfind(" ", 0, length) if " " in text[:length] else length - 1].rstrip(" ,;:.–-") + "…"


class Sentences:
    """One block of text, ready to say which sentence a position is in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(end.end() for end in _END.finditer(text))]

    def around(self, position: int) -> str:
        """The sentence at a position; of a very long one, the words around it."""
        index = bisect_right(self.starts, position) - 1
        start = self.starts[index]
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        sentence = self.text[start:end].strip()
        if len(sentence) <= LONGEST:
            return sentence
        first = max(start, position - LONGEST // 2)
        if first > start:
            first = self.text.find(" ", first, position) + 1 or position
        return ("…" if first > start else "") + shorten(self.text[first:end].strip(), LONGEST)
