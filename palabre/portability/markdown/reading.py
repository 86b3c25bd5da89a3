"""First step: every page is read, and where each points; then each has its place in the tree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from palabre.items.names import fold
from palabre.kit.progress import progress
from palabre.portability.markdown import incoming, pointers
from palabre.portability.markdown.atlas import Atlas
from palabre.portability.markdown.incoming import Page
from palabre.portability.markdown.run import CHUNK, Entry, Run

_NUMBERS = re.compile(r"(\d+)")


def read(run: Run) -> None:
    """Reads every page, and where each points."""
    report, pages = run.report, []
    report.skipped += ({"path": each.path, "reason": each.reason} for each in run.folder.skipped)
    for path in run.folder.pages:
        try:
            pages.append(incoming.read(run.folder, path))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            report.skipped.append({"path": path, "reason": reason})
    report.odd += ({"path": page.path, "reason": odd} for page in pages for odd in page.odd)
    with progress("Reading pages", len(pages)) as step:
        for page, reading in zip(
            pages, run.pool.map(pointers.read, [page.body for page in pages], chunksize=CHUNK), strict=True
        ):
            run.entries[page.path] = Entry(page, reading, author=run.authors.of(page))
            step(1)
    report.pages = len(pages)
    report.duplicates += _duplicates(pages)
    run.atlas = Atlas.draw((page.place for page in pages), run.folder.files)
    _arrange(run)


def _arrange(run: Run) -> None:
    """Gives each page its place in the tree: below the page of its folder, in the order its authors gave."""

    def depth(path: str) -> int:
        parent = run.entries[path].parent
        return 0 if parent is None else depth(parent) + 1

    for path, entry in run.entries.items():
        entry.parent = run.atlas.parent_of(path)
    for path, entry in run.entries.items():
        entry.depth = depth(path)
    ordered = sorted(run.entries.values(), key=_order)
    for position, entry in enumerate(ordered, start=1):
        entry.position = position


def _order(entry: Entry) -> tuple[Any, ...]:
    """Within its folder: the page of the folder, then by stated weight, then as the names sort, numbers as numbers."""
    folder, _, name = entry.page.path.rpartition("/")
    weight = entry.page.front.weight
    parts = tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBERS.split(name.lower()))
    return folder, weight if weight is not None else float("inf"), parts


def _duplicates(pages: Sequence[Page]) -> list[dict[str, Any]]:
    """Pages of one title in one folder, and pages of the very same text."""
    titles: dict[tuple[str, str], list[str]] = defaultdict(list)
    texts: dict[str, list[str]] = defaultdict(list)
    shown = {page.path: page.title for page in pages}
    for page in pages:
        titles[page.path.rpartition("/")[0], fold(page.title)].append(page.path)
        if len(page.body) > 20:
            texts[page.body].append(page.path)
    same_text = [{"what": "the same text", "sources": paths} for paths in texts.values() if len(paths) > 1]
    same_title = [
        {"what": f"the title “{shown[paths[0]]}”", "sources": paths} for paths in titles.values() if len(paths) > 1
    ]
    return same_text + same_title
