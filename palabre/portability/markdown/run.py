"""One import on its way: a folder, the space it goes to, and each of its pages with what is known of it here."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from palabre.items.models import Item, address
from palabre.items.names import fold
from palabre.people.models import Person
from palabre.portability.markdown.atlas import Atlas
from palabre.portability.markdown.authors import Authors
from palabre.portability.markdown.folder import Folder
from palabre.portability.markdown.incoming import Page
from palabre.portability.markdown.pointers import Reading
from palabre.portability.markdown.report import Report
from palabre.spaces.models import Space
from palabre.tags.keys import key_of

KIND = "page"
CHUNK = 16  # pages that a process is handed at a time


@dataclass
class Entry:
    """A page on its way in, with what is known of it here: `item` when an earlier run brought it."""

    page: Page
    reading: Reading
    pk: int = 0
    item: Item | None = None
    author: Person | None = None
    parent: str | None = None
    depth: int = 0
    position: float = 0
    body: str = ""
    digest: str = ""
    written: bool = False
    files: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def stated(self) -> dict[str, Any]:
        """What its front matter says of it beside its text, as the next run compares it."""
        front = self.page.front
        moments = {"created": front.created, "updated": front.updated}
        said: dict[str, Any] = {name: moment.isoformat() for name, moment in moments.items() if moment}
        said |= {"language": front.language, "draft": front.draft}
        said |= {"tags": sorted(filter(None, map(key_of, front.tags)))}
        said |= {"names": sorted(filter(None, map(fold, front.aliases)))}
        return {name: value for name, value in said.items() if value}

    @property
    def address(self) -> str:
        return address(KIND, self.pk, self.page.title)


@dataclass
class Run:
    """What the steps of an import share; each step reads what the one before left in `entries` and `report`."""

    folder: Folder
    space: Space
    authors: Authors
    report: Report
    pool: ProcessPoolExecutor
    atlas: Atlas = field(init=False)
    entries: dict[str, Entry] = field(default_factory=dict)

    def parent_of(self, entry: Entry) -> int | None:
        """The number of the page above."""
        return self.entries[entry.parent].pk if entry.parent else None


def digest(*said: Any) -> str:
    """A sum of all that is said, by which a later run sees what has changed."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
