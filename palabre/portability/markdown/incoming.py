"""A page as it comes in: what it is called, what it says, and what it says about itself."""

import re
from dataclasses import dataclass
from posixpath import basename, dirname

from palabre.items.names import fold
from palabre.portability.markdown.atlas import INDEXES, Place
from palabre.portability.markdown.folder import PAGES, Folder, decode
from palabre.portability.markdown.front_matter import FrontMatter, split

LONGEST_TITLE = 250

_IMPORTS = re.compile(r"\A\s*(?:(?:import|export)\s[^\n]*?(?:from\s+)?[\"'][^\"'\n]+[\"'];?[ \t]*\n\s*)+")
_FIRST_HEADING = re.compile(
    r"\A\s*(?:#[ \t]+(?P<marked>[^\n]+?)[ \t]*(?:[ \t]#+[ \t]*)?|(?P<underlined>[^\n]+)\n=+[ \t]*)(?:\n|\Z)"
)
_HEADING_NAME = re.compile(r"\s*\{#[^}]*\}\s*\Z")
_MARKUP = (
    (re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]"), r"\1"),
    (re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"<[^>]+>|[`*]|(?<!\w)_+|_+(?!\w)"), ""),
    (re.compile(r"\\([^\w\s])"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a folder, ready to be resolved; `odd` says in words what was strange about it."""

    path: str
    title: str
    body: str
    front: FrontMatter
    odd: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.path, self.title, self.front.aliases, self.front.addresses)


def read(folder: Folder, path: str) -> Page:
    """The page at `path`. OSError or ValueError, with the reason in words, when there is none to read."""
    text, odd = decode(folder.bytes_of(path))
    front, body = split(text.replace("\r\n", "\n").replace("\r", "\n"))
    if path.lower().endswith(".mdx"):
        body = _IMPORTS.sub("", body)
    heading, rest = _headed(body)
    if heading and (not front.title or fold(heading) == fold(front.title)):
        body = rest
    title = (front.title or heading or _named(folder.name, path))[:LONGEST_TITLE].strip()
    return Page(path, title, body.strip("\n"), front, tuple(filter(None, (odd, front.trouble))))


def _headed(body: str) -> tuple[str, str]:
    """The first heading of a text, when it begins with one, and the rest."""
    found = _FIRST_HEADING.match(body)
    if not found:
        return "", body
    return _plain(found["marked"] or found["underlined"]), body[found.end() :]


def _plain(heading: str) -> str:
    heading = _HEADING_NAME.sub("", heading)
    for pattern, kept in _MARKUP:
        heading = pattern.sub(kept, heading)
    return " ".join(heading.split())


def _named(folder: str, path: str) -> str:
    """A title for a page without one: the words of its file, or of the folder it stands for."""
    name = basename(path)
    for extension in PAGES:
        if name.lower().endswith(extension):
            name = name[: -len(extension)]
            break
    if name.lower() in INDEXES:
        name = basename(dirname(path)) or folder
    words = " ".join(re.split(r"[-_\s]+", re.sub(r"\A\d{1,4}[-_. ]+(?=\D)", "", name))).strip()
    return words[:1].upper() + words[1:] or path
