"""What a page remembers of the folder it came from, so that a later run finds it and writes only what changed there."""

from __future__ import annotations

from typing import Any

from palabre.items.models import Item
from palabre.portability.markdown.run import Entry, Run, digest


def of_written(run: Run, entry: Entry, version: int) -> dict[str, Any]:
    """Of a page that was written now; `version` is the one it has since."""
    extras = {
        "source": entry.page.path,
        "collection": run.report.collection,
        "digest": entry.digest,
        "text": digest(entry.page.title, entry.page.body),
        "imported": version,
        "into": run.space.pk,
        "parent": run.parent_of(entry),
        "stated": entry.stated,
    }
    if entry.files:
        extras["files"] = entry.files
    if entry.page.front.author and not run.authors.known(entry.page):
        extras["author"] = entry.page.front.author[:200]
    return extras


def of_unwritten(run: Run, entry: Entry, item: Item) -> dict[str, Any]:
    """What a page that was not written anew remembers of the folder."""
    return {"into": run.space.pk, "parent": run.parent_of(entry), **item.extras, "source": entry.page.path}
