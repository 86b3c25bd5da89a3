"""Where words stand in a text that begin as those sought do, whatever their case and accents, and whether two letters
are written as one.

A text of western letters, as French and English are, is read as bytes: it is made of plain letters at once, so that
words are found as they stand there. Others are read by a regular expression, which says the same and takes five times
as long; a page of results reads ten texts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

WESTERN = "cp1252"  # with the letters of French and English, one byte each
_VARIANTS = {
    "a": "aàâäáãå", "c": "cçč", "e": "eéèêëę", "i": "iîïíì", "n": "nñ", "o": "oôöóòõø", "s": "sš", "u": "uùûüú",
    "y": "yÿý", "z": "zž", "ae": "æ", "oe": "œ", "ss": "ß",
}  # fmt: skip
_PLAIN = {letter: plain for plain, letters in _VARIANTS.items() if len(plain) == 1 for letter in letters}


@dataclass(frozen=True)
class Beginnings:
    """`starts` are in plain letters and lower case; `anywhere` are words of writings without spaces."""

    starts: frozenset[str]
    anywhere: tuple[str, ...] = ()

    def places(self, text: str, most: int) -> Iterator[tuple[int, int]]:
        """From where to where the words stand, in the order of the text, no more than `most`."""
        try:
            western = text.encode(WESTERN)
        except UnicodeEncodeError:
            return self._read(text, most)
        return self._found(b" %b " % western.translate(_FOLDED), most)

    def _found(self, folded: bytes, most: int) -> Iterator[tuple[int, int]]:
        """In a text of plain letters and spaces, of which it has one more on either side."""
        begin = {place for start in self._western for place in islice(_every(start, folded), most)}
        for place in sorted(begin)[:most]:
            yield place, folded.index(b" ", place + 1) - 1

    def _read(self, text: str, most: int) -> Iterator[tuple[int, int]]:
        if self._pattern is not None:
            for match in islice(self._pattern.finditer(text), most):
                yield match.span()

    @cached_property
    def _western(self) -> list[bytes]:
        ways = (way.encode(WESTERN, "replace") for start in self.starts for way in _spellings(start))
        return [b" %b" % way.translate(_FOLDED) for way in ways if b"?" not in way]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        parts = [re.escape(word) for word in self.anywhere]
        if self.starts:
            parts.append(_beginning_with(self.starts))
        return re.compile("|".join(parts)) if parts else None


def start_of(word: str) -> str:
    """What a word in plain letters shares with its other forms: all but its ending; it ends between no two letters
    that some write as one."""
    kept = max(3, min(len(word) - 2, 5))
    return word[: kept + len(_sizes(word[kept - 1 :])) - 1]


def _every(start: bytes, folded: bytes) -> Iterator[int]:
    place = folded.find(start)
    while place >= 0:
        yield place
        place = folded.find(start, place + 1)


def _spellings(start: str) -> Iterator[str]:
    """A beginning with each of its pairs of letters also as the one letter that some write them with."""
    for at in range(len(start)):
        if len(_sizes(start[at:])) > 1:
            for rest in _spellings(start[at + 2 :]):
                yield start[: at + 2] + rest
                yield start[:at] + _VARIANTS[start[at : at + 2]] + rest
            return
    yield start


def _beginning_with(starts: Iterable[str]) -> str:
    """A regular expression for words that begin so. The first letter comes first and alone, whatever its accent and
    case: the engine leaps from one to the next, where it would otherwise try every place of a text."""
    ways = [(_letters(start[:size]), _loose(start[size:])) for start in sorted(starts) for size in _sizes(start)]
    lead = "".join(sorted({first for first, _rest in ways}))
    return rf"[{lead}](?<![^\W_].)(?:{'|'.join(f'(?<=[{first}]){rest}' for first, rest in ways)})[^\W_]*"


def _loose(start: str) -> str:
    """A beginning in any accent and case, its pairs of letters also as the one letter that some write them with."""
    pieces, at = [], 0
    while at < len(start):
        ways = [rf"[{_letters(start[at : at + size])}]" for size in _sizes(start[at:])]
        if len(ways) > 1:
            ways[0] += rf"[{_letters(start[at + 1])}]"
        pieces.append(f"(?:{'|'.join(ways)})" if len(ways) > 1 else ways[0])
        at += len(ways)
    return "".join(pieces)


def _sizes(start: str) -> tuple[int, ...]:
    """How many letters one letter of a text may stand for at a beginning."""
    return (1, 2) if len(start) > 1 and start[:2] in _VARIANTS else (1,)


def _letters(letters: str) -> str:
    """What a letter, or a pair of them, is written with, in both cases and with every accent, to stand between
    brackets."""
    ways = _VARIANTS.get(letters, letters)
    return re.escape("".join(dict.fromkeys(ways + ways.upper().replace("SS", "ẞ"))))


def _folded_byte(byte: int) -> int:
    """The plain letter of a western one, in lower case; a space for what is part of no word."""
    letter = bytes([byte]).decode(WESTERN, "replace").lower()
    return _PLAIN.get(letter, letter).encode(WESTERN)[0] if letter.isalnum() else ord(" ")


_FOLDED = bytes(map(_folded_byte, range(256)))
