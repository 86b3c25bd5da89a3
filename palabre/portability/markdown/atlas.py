"""The atlas of a folder: to which page or file what is written in one of its pages leads.

Every tool writes its links its own way: beside the file or beside the address it is served at, with or without `.md`,
from the root, in another case, by title. What is written is tried in that order, the most literal reading first, and
a reading that could mean two things means neither.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from posixpath import basename, dirname, join, normpath
from unicodedata import normalize
from urllib.parse import unquote

from palabre.items.names import fold
from palabre.portability.markdown.folder import PAGES

INDEXES = ("index", "readme", "_index", "home")
MOST_PREFIXES = 3
DATED = re.compile(r"((?:19|20)\d\d-[01]\d-[0-3]\d)(?:[-_. ]+|(?=\.|\Z))")
SPOKEN = re.compile(r"\.(ar|de|en|es|fr|it|ja|ko|nl|pl|pt|ru|sv|tr|uk|vi|wo|zh)\Z")  # before the extension

_EXTENSION = re.compile(rf"(?:{'|'.join(map(re.escape, PAGES))}|\.html?)\Z", re.IGNORECASE)
_ORDER = re.compile(r"(?:^|(?<=/))\d{1,4}[-_. ]+(?=[^/\d])")
_SHORTCODE = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+[\"“]?([^\"”\s>%]+)[\"”]?[^}]*\}\}|\{%-?\s*link\s+([^\s%]+)\s*-?%\}")
_VARIABLE = re.compile(r"\{\{[^}]*\}\}")
_BESIDE = re.compile(r"(?:\.\./)*wikis?/")  # where GitHub and GitLab serve the pages of a wiki
_ROOTED = re.compile(r"@site/|~/|\$site/")


@dataclass(frozen=True, slots=True)
class Place:
    """A page as others may call it."""

    path: str
    title: str = ""
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Where something leads: a page or a file of the folder, by path, and the section named after it."""

    path: str
    section: str = ""
    is_file: bool = False


@dataclass
class Atlas:
    """All readings of a folder's pages and files."""

    pages: dict[str, Place] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    _addresses: dict[str, list[str]] = field(default_factory=dict)
    _loosely: dict[str, list[str]] = field(default_factory=dict)
    _endings: dict[str, list[str]] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _files_loosely: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def draw(cls, places: Iterable[Place], files: Iterable[str]) -> "Atlas":
        """Draws the atlas of these pages and files."""
        atlas = cls(files=set(files))
        places = list(places)
        for place in places:
            atlas._place(place)
        for place in places:
            atlas._place_where_served(place)
        for file in sorted(atlas.files):
            for key in (_loose(file), _loose(basename(file))):
                atlas._files_loosely.setdefault(key, []).append(file)
        return atlas

    def index_of(self, folder: str) -> str | None:
        """The page that stands for a folder: its index or README, a page of its name in it or beside it."""
        inside = {basename(path).lower(): path for path in self._addresses.get(folder, ()) if dirname(path) == folder}
        for index in INDEXES:
            for extension in PAGES:
                if index + extension in inside:
                    return inside[index + extension]
        name = basename(folder)
        candidates = [join(folder, name + extension) for extension in PAGES] if name else []
        candidates += [folder + extension for extension in PAGES] if name else []
        return next((path for path in candidates if path in self.pages), None)

    def parent_of(self, path: str) -> str | None:
        """The page under which a page stands: the nearest folder that has one."""
        folder = dirname(path)
        if self.index_of(folder) == path and folder:
            folder = dirname(path) if dirname(path) != folder else dirname(folder)
        elif self.index_of(folder) == path:
            return None
        while True:
            index = self.index_of(folder)
            if index and index != path:
                return index
            if not folder:
                return None
            folder = dirname(folder)

    def find(self, source: str, written: str) -> Found | None:
        """Where a link written in the page `source` leads; None when nowhere."""
        target, section = _cut(_plain(written))
        if not target:
            return Found(source, section)
        for path in self._readings(source, target):
            if page := self._page(path):
                return Found(page, section)
            if path in self.files:
                return Found(path, section, is_file=True)
        for path in self._readings(source, target):
            if page := _only(self._loosely.get(_loose(path)), dirname(source)):
                return Found(page, section)
            if file := _only(self._files_loosely.get(_loose(path))):
                return Found(file, section, is_file=True)
        if "/" in target or _bare(target) != target:
            return None
        # Some wikis serve all pages side by side, whatever their folders.
        page = _only(self._endings.get(_loose(target)), dirname(source))
        return Found(page, section) if page else None

    def find_name(self, source: str, written: str) -> Found | None:
        """Where a wiki link leads: a path, a title, an alias, or the name of a file; None when nowhere."""
        for whole in (True, False):
            name, section = (written, "") if whole else _cut(written)
            if not name.strip():
                return None if whole else Found(source, section)
            if page := _only(self._names.get(fold(name)), dirname(source)):
                return Found(page, section)
        target, section = _cut(written)
        if found := self.find(source, target):
            return Found(found.path, section, found.is_file)
        stem = _bare(target.strip().strip("/"))
        if page := _only(self._endings.get(_loose(stem)), dirname(source)):
            return Found(page, section)
        if file := _only(self._files_loosely.get(_loose(basename(target))), dirname(source)):
            return Found(file, section, is_file=True)
        return None

    def _place(self, place: Place) -> None:
        self.pages[place.path] = place
        plain = unquote(_bare(place.path), errors="replace")
        addresses = {_bare(place.path), plain, _ordered(plain), _undated(plain)}
        for address in tuple(addresses):
            if basename(address).lower() in INDEXES:
                addresses.add(dirname(address))
        folder = dirname(place.path)
        for written in place.addresses:
            addresses.add(normpath(join("/", "" if written.startswith("/") else folder, written)).strip("/"))
        for address in addresses:
            self._addresses.setdefault(address, []).append(place.path)
            self._loosely.setdefault(_loose(address), []).append(place.path)
            parts = address.split("/")
            for start in range(len(parts)):
                self._endings.setdefault(_loose("/".join(parts[start:])), []).append(place.path)
        called = (place.title, *place.aliases, basename(_bare(place.path)), basename(plain))
        names = {fold(name) for name in called if name}
        for name in names - set(INDEXES):
            self._names.setdefault(name, []).append(place.path)

    def _place_where_served(self, place: Place) -> None:
        """Where a site serves a page if nothing else is there: that of a folder by what it says its folder is called,
        one in several languages without the name of its own."""
        folder, plain = dirname(place.path), _bare(place.path)
        addresses = []
        if folder and basename(plain).lower() in INDEXES:
            relative = (written for written in place.addresses if not written.startswith("/"))
            addresses = [normpath(join("/", dirname(folder), written)).strip("/") for written in relative]
        if spoken := SPOKEN.search(plain):
            addresses.append(plain[: spoken.start()])
        for address in addresses:
            if address not in self._addresses:
                self._addresses[address] = [place.path]
                self._loosely.setdefault(_loose(address), [place.path])

    def _readings(self, source: str, target: str) -> Iterator[str]:
        """What a target may mean as a path of the folder, the most literal first."""
        if target.startswith("/"):
            path = normpath(target).lstrip("/")
            parts = path.split("/")
            for dropped in range(min(len(parts), MOST_PREFIXES + 1)):
                yield "/".join(parts[dropped:])
            yield from _single(self._endings.get(_loose(_bare(path))))
            return
        yield normpath(join(dirname(source), target))
        if not target.startswith("."):
            yield normpath(target)
        # A site serves the page a/b.md at /a/b/, and its authors count from there.
        served = _bare(source)
        yield normpath(join(dirname(served) if basename(served).lower() in INDEXES else served, target))
        if beside := _BESIDE.match(target):
            yield normpath(target[beside.end() :])

    def _page(self, path: str) -> str | None:
        """The page at a path, as a file or as the address it would be served at."""
        path = "" if path == "." else path
        if path in self.pages:
            return path
        candidates = self._addresses.get(_bare(path).rstrip("/"), ())
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        index = self.index_of(_bare(path).rstrip("/"))
        return index if index in candidates else candidates[0]


def _plain(written: str) -> str:
    """A target without percent signs, shortcodes and variables of site builders, in one Unicode form."""
    if found := _SHORTCODE.search(written):
        target = found[1] or f"/{found[2]}"
        written = target + written[found.end() :]
    written = _VARIABLE.sub("", written)
    if rooted := _ROOTED.match(written):
        written = "/" + written[rooted.end() :]
    path, mark, section = written.partition("#")
    path = unquote(path.partition("?")[0], errors="replace").replace("\\", "/")
    return normalize("NFC", path) + mark + unquote(section, errors="replace")


def _cut(target: str) -> tuple[str, str]:
    """A target and the section it names, of `Page#Above#Below` the lower one; a block (`Page^b1`, `Page#^b1`) is the
    page, which has no such anchor."""
    path, _, section = target.partition("#")
    return path.partition("^")[0].strip(), section.rpartition("#")[2].partition("^")[0].strip()


def _bare(path: str) -> str:
    return _EXTENSION.sub("", normalize("NFC", path))


def _ordered(path: str) -> str:
    """Without the numbers that put files in order: `02-guides/01-start` is served as `guides/start`."""
    return _ORDER.sub("", path)


def _undated(path: str) -> str:
    """Without the day before its name, as a blog serves it."""
    name = basename(path)
    dated = DATED.match(name)
    return join(dirname(path), name[dated.end() :] or name) if dated else path


def _loose(path: str) -> str:
    """Whatever the case, the accents, and what stands for a space."""
    return re.sub(r"[-_+ ]+", "-", fold(_bare(path))).strip("/-")


def _single(candidates: list[str] | None) -> Iterator[str]:
    if candidates and len(set(candidates)) == 1:
        yield candidates[0]


def _only(candidates: list[str] | None, near: str = "\0") -> str | None:
    """The one candidate, or among several the one beside `near`, or the only one nearest to the root."""
    distinct = sorted(set(candidates or ()), key=lambda path: (path.count("/"), path))
    if len(distinct) < 2:
        return distinct[0] if distinct else None
    beside = [path for path in distinct if dirname(path) == near]
    if len(beside) == 1:
        return beside[0]
    return distinct[0] if distinct[0].count("/") < distinct[1].count("/") else None
