"""A page as it comes in: what it is called, what it says, and what it says about itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from posixpath import basename, dirname
from urllib.parse import unquote

from palabre.items.names import fold
from palabre.kit.clock import now
from palabre.portability.markdown import dialects, vault
from palabre.portability.markdown.atlas import DATED, INDEXES, SPOKEN, Place
from palabre.portability.markdown.folder import PAGES, Folder, decode
from palabre.portability.markdown.front_matter import FrontMatter, split
from palabre.portability.markdown.heading import headed

LONGEST_TITLE = 250

_MODULE = r"import\s[^\n;]{0,300}?\sfrom\s+[\"'][^\"'\n]+[\"'];?[ \t]*(?:\n\s*|\Z)"
_IMPORTS = re.compile(rf"\A\s*(?:{_MODULE})+")  # no text begins so, whatever its file is called
_PROGRAM = re.compile(rf"\A\s*(?:{_MODULE}|import\s+[\"'][^\n]*\n\s*|export\s[^\n]*[;\"')}}\]][ \t]*\n\s*)+")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a folder, ready to be resolved; `odd` says in words what was strange about it, and `sections` how
    those of its headings are called here that had names of their own."""

    path: str
    title: str
    body: str
    front: FrontMatter
    odd: tuple[str, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return Place(self.path, self.title, self.front.aliases, self.front.addresses)


def read(folder: Folder, path: str) -> Page:
    """The page at `path`. OSError or ValueError, with the reason in words, when there is none to read."""
    text, odd = decode(folder.bytes_of(path))
    front, body = split(text.replace("\r\n", "\n").replace("\r", "\n"))
    body = (_PROGRAM if path.lower().endswith(".mdx") else _IMPORTS).sub("", body)
    body = vault.shown(body) if folder.is_vault else body
    heading, rest = headed(body)
    if heading and (not front.title or fold(heading) == fold(front.title)):
        body = rest
    title = (front.title or heading or _named(folder.title, path))[:LONGEST_TITLE].strip()
    body, sections = dialects.ours(body)
    if not front.created and (day := _day(path)):
        front = replace(front, created=day)
    front, to_come = _until_now(front)
    if not front.language and (spoken := SPOKEN.search(_stem(path))):
        front = replace(front, language=spoken[1])
    return Page(path, title, body.strip("\n"), front, tuple(filter(None, (odd, front.trouble, to_come))), sections)


def _until_now(front: FrontMatter) -> tuple[FrontMatter, str]:
    """Without the moments that have not come: what is read now would stand above all else until then."""
    created, updated = front.created, front.updated
    to_come = [moment for moment in (created, updated) if moment and moment > now()]
    if not to_come:
        return front, ""
    front = replace(
        front, created=None if created in to_come else created, updated=None if updated in to_come else updated
    )
    return front, f"a date to come, left out: {max(to_come):%Y-%m-%d}"


def _day(path: str) -> datetime | None:
    """The day that a file is named by, as journals and blogs name theirs."""
    found = DATED.match(basename(path))
    try:
        return datetime.fromisoformat(found[1]).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def _stem(path: str) -> str:
    """The name of a file without what says that it is a page."""
    name = basename(path)
    return next((name[: -len(each)] for each in PAGES if name.lower().endswith(each)), name)


def _named(folder: str, path: str) -> str:
    """A title for a page without one: the words of its file, or of the folder it stands for."""
    name = SPOKEN.sub("", _stem(path))
    if name.lower() in INDEXES:
        name = basename(dirname(path)) or folder
    name = unquote(name, errors="replace")  # some wikis write so what a file may not be called
    if dated := DATED.match(name):
        if name == dated[1]:
            return name
        name = name[dated.end() :]
    words = " ".join(re.split(r"[-_\s]+", re.sub(r"\A\d{1,4}[-_. ]+(?=\D)", "", name))).strip()
    return words[:1].upper() + words[1:] or path
