"""When two tags are one: the key under which a tag is kept, compared and addressed.

« Éligibilité », "eligibilite" and "ELIGIBILITÉ" share a key. Only marks that Latin, Greek and Cyrillic
writing treats as accents are dropped: an Arabic or Devanagari vowel sign makes another word.
"""

import re
import unicodedata

LONGEST = 60
_ACCENT = 200  # combining classes from here on are accents above, below and around a letter
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_BETWEEN = re.compile(r"[\s_'’-]+")
_FORBIDDEN = re.compile(r"[#+/?&,;:\"<>\\|()\[\]{}\x00-\x1f]+")


def fold(text: str) -> str:
    """Lower case without accents, letter for letter comparable."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in decomposed if unicodedata.combining(c) < _ACCENT)
    return unicodedata.normalize("NFC", bare).translate(_LIGATURES)


def name_of(written: str) -> str:
    """What somebody wrote, as the name of a tag: no sign, no separator, single spaces."""
    return _words(written)[:LONGEST].strip(" -")


def key_of(written: str) -> str:
    """The key of a tag, safe in an address; empty when nothing is left to call it by."""
    return _BETWEEN.sub("-", _words(fold(written)).strip(" -."))[:LONGEST].strip("-.")


def _words(written: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", unicodedata.normalize("NFC", written)).split())
