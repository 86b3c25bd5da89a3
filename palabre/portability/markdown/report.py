"""What an import did, and what it could not do: for people as sentences, for programs as one JSON object."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that leads nowhere: written as `target` in the page `source`.

    `form` is how it is written (link, wiki …); "code" and "comment" lead nobody astray, yet may be meant.
    """

    source: str
    target: str
    label: str = ""
    form: str = "link"


@dataclass
class Report:
    """The outcome of one import; every list is in the order of the folder."""

    collection: str = ""
    space: str = ""
    pages: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    moved: int = 0
    drafts: int = 0
    files: int = 0
    links: int = 0
    broken: list[Broken] = field(default_factory=list)
    missing_files: list[Broken] = field(default_factory=list)
    conflicts: list[dict[str, str]] = field(default_factory=list)
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    odd: list[dict[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unused_files: int = 0
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def sentences(self) -> Iterator[str]:
        """Lines for a terminal; long lists end with how many more there are."""
        yield (
            f"{_pages(self.pages)} from “{self.collection}” in the space {self.space}: {self.created} new, "
            f"{self.updated} changed, {self.unchanged} as they were; {self.seconds:.1f} s."
        )
        links = "1 link leads to a page" if self.links == 1 else f"{self.links} links lead to pages"
        files = "1 file was taken along" if self.files == 1 else f"{self.files} files were taken along"
        yield f"{links}; {files}, {self.unused_files} nobody uses."
        if self.moved:
            yield f"{_pages(self.moved, 'was', 'were')} found again under another path."
        if self.drafts:
            yield f"{_pages(self.drafts, 'is a draft', 'are drafts')}: seen by no one but the author."
        yield from _list("Broken links", [f"{each.source}: {each.target}{_aside(each.form)}" for each in self.broken])
        yield from _list("Missing files", [f"{each.source}: {each.target}" for each in self.missing_files])
        yield from _list("Changed here and there, left for people to merge", [_said(each) for each in self.conflicts])
        yield from _list("Duplicates", [f"{each['what']}: {', '.join(each['sources'])}" for each in self.duplicates])
        yield from _list("Skipped", [_said(each) for each in self.skipped])
        yield from _list("Odd", [_said(each) for each in self.odd])
        yield from _list("No longer in the folder, left where they are", self.gone)


def _pages(count: int, one: str = "", several: str = "") -> str:
    return f"1 page {one}".strip() if count == 1 else f"{count} pages {several}".strip()


def _aside(form: str) -> str:
    return f" (in {'code' if form == 'code' else 'a comment'})" if form in ("code", "comment") else ""


def _said(each: dict[str, str]) -> str:
    return f"{each['path']}: {each['reason']}"


def _list(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{heading}: {len(lines)}"
        yield from (f"  {line}" for line in lines[:SHOWN])
        if len(lines) > SHOWN:
            yield f"  … and {len(lines) - SHOWN} more (--json names them all)"
