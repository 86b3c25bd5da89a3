"""Slight edits, after which a text says what it said: layout, capitals, accents, punctuation, a missing letter.

Nobody need hear of them. Whoever writes does not have to say so, and it is decided without understanding the text: when
in doubt, an edit is none of these. A number, a name, a link or a word that comes, goes or becomes another never is.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from palabre.items.names import fold

MOST_WORDS, MOST_MENDED = 200, 5  # between the first and the last word that changed; of them misspelt
SHORTEST = 4  # letters of a word that may have been misspelt

_TELLING = re.compile(r"[\d@#/\[\]()<>|=]")  # what such a sign stands in is compared as it is
_AROUND, _POINTS = re.compile(r"^[\W_]+|[\W_]+$"), '*_.,;:!?…"«»'


def is_slight(before: str, after: str) -> bool:
    """Whether the second text says what the first said, but for how it is written. Linear in their length."""
    old, new = _changed(before.split(), after.split())
    if max(len(old), len(new)) > MOST_WORDS:
        return False
    old, new = _said(old), _said(new)
    if len(old) != len(new):
        return False
    mended = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    return len(mended) <= MOST_MENDED and all(_is_mended(*pair) for pair in mended)


def _changed(old: Sequence[str], new: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """What stands between the words that both begin and end with."""
    shorter = min(len(old), len(new))
    first = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    last = next((place for place in range(shorter - first) if old[-1 - place] != new[-1 - place]), shorter - first)
    return old[first : len(old) - last], new[first : len(new) - last]


def _said(words: Sequence[str]) -> list[str]:
    compared = (word.strip(_POINTS) if _TELLING.search(word) else fold(_AROUND.sub("", word)) for word in words)
    return [word for word in compared if word]


def _is_mended(old: str, new: str) -> bool:
    """Whether one letter was forgotten or too much, or two stood the wrong way round."""
    if not (old.isalpha() and new.isalpha()) or min(len(old), len(new)) < SHORTEST:
        return False
    if len(old) == len(new):
        places = enumerate(pairwise(old))
        return any(old[:at] + other + letter + old[at + 2 :] == new for at, (letter, other) in places)
    short, long = sorted((old, new), key=len)
    return len(long) - len(short) == 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
