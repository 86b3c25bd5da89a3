"""The user's guide, inside the product: a few pages of Markdown in each language, rendered like anything one writes.

`fr/3-write.md` and `en/3-write.md` are the same page; the number orders, the rest is the address.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from palabre.authoring.document import Heading
from palabre.authoring.rendering import render

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Chapter:
    """A page of the guide."""

    slug: str
    title: str
    html: str
    outline: tuple[Heading, ...]


@cache
def chapters(language: str) -> tuple[Chapter, ...]:
    """The guide in a language, in order."""
    folder = FOLDER / (language if (FOLDER / language).is_dir() else "en")
    return tuple(_chapter(path) for path in sorted(folder.glob("*.md"), key=_number))


def _number(path: Path) -> int:
    return int(path.stem.partition("-")[0])


def _chapter(path: Path) -> Chapter:
    heading, _, body = path.read_text("utf-8").partition("\n")
    document = render(body.strip())
    return Chapter(path.stem.partition("-")[2], heading.removeprefix("# "), document.html, document.outline)
