"""What is known of a text once it is rendered: its HTML, its words, its outline, and what it points at."""

import re
from dataclasses import dataclass
from typing import Literal

WORDS_A_MINUTE = 220

_NOT_ANCHOR = re.compile(r"[^\w\s-]")

ReferenceKind = Literal["title", "address", "person", "tag", "outside"]


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing the text points at, with the sentence that does."""

    kind: ReferenceKind
    key: str
    label: str
    sentence: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the table of contents."""

    level: int
    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered text: `html` clean and neutral, `text` plain for search, the rest derived from them."""

    html: str
    text: str
    excerpt: str
    language: str
    words: int
    outline: tuple[Heading, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def minutes(self) -> int:
        return reading_minutes(self.words)


def reading_minutes(words: int) -> int:
    """Whole minutes at 220 words a minute, never none."""
    return max(1, round(words / WORDS_A_MINUTE))


def anchor(label: str) -> str:
    """The fragment of a heading, as other wikis write it: words joined by hyphens, accents kept."""
    return re.sub(r"\s", "-", _NOT_ANCHOR.sub("", label.strip().lower())) or "section"
