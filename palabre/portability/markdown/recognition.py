"""Second step: what an earlier run brought is found again, by path, or by its text where it has moved."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.db.models import Q

from palabre.items.models import Item
from palabre.items.names import fold
from palabre.portability.markdown.run import Run, digest

_POINTED_AT = re.compile(r"\]\([^)\n]*\)|\[\[[^\]\n]*\]\]")  # of links, what an import writes otherwise


class AnotherFolder(ValueError):
    """A folder of that name has been imported into the space, and its pages were others. Nothing was written."""


def recognise(run: Run, *, named: bool) -> None:
    """Finds what an earlier run brought, by path, or by its text where it has moved; numbers the rest.

    `named` is a folder of which somebody said what it is known by: it is that one, whatever it has become.
    """
    into = Q(extras__into=run.space.pk) | Q(extras__into__isnull=True, space=run.space)
    of_folder = Item.objects.filter(into, extras__collection=run.report.collection)
    brought = {item.extras["source"]: item for item in of_folder.select_related("space").order_by("pk")}
    if not named:
        _require_the_same(run, brought)
    gone = {path: item for path, item in brought.items() if path not in run.entries}
    by_text = {item.extras.get("text"): path for path, item in gone.items()}
    for path, entry in run.entries.items():
        entry.item = brought.get(path)
        if entry.item is None and (former := by_text.pop(digest(entry.page.title, entry.page.body), None)):
            entry.item = gone.pop(former)
            run.report.moved += 1
    new = [entry for entry in run.entries.values() if entry.item is None]
    for entry, pk in zip(new, _reserve(Item, len(new)), strict=True):
        entry.pk = pk
    for entry in run.entries.values():
        if entry.item is not None:
            entry.pk = entry.item.pk
    run.report.gone = sorted(gone)


def _require_the_same(run: Run, brought: dict[str, Item]) -> None:
    """A folder that has grown, shrunk or moved still has half of its pages, or is half of what it was."""
    texts = {item.extras.get("text") for item in brought.values()}
    again = sum(
        digest(entry.page.title, entry.page.body) in texts
        or (path in brought and _alike(entry.page.title, entry.page.body, brought[path]))
        for path, entry in run.entries.items()
    )
    if 2 * again < min(len(brought), len(run.entries)):
        name, space = run.report.collection, run.space.slug
        raise AnotherFolder(
            f"A folder {name} with other pages than {run.folder.root} has been imported into {space} already; "
            f"nothing was written. If this is another one, name it: --collection NAME. "
            f"If it is the same one, rewritten: --collection {name}."
        )


def _alike(title: str, body: str, item: Item) -> bool:
    """Whether a page goes on from the item that stands at its path: most lines of the shorter one are in the other. A
    title alone says little: every folder has its "Introduction"."""
    one, other = _lines(title, body), _lines(item.title, item.body)
    return 2 * len(one & other) > min(len(one), len(other))


def _lines(title: str, body: str) -> set[str]:
    lines = {_POINTED_AT.sub("", line).strip() for line in body.splitlines()} - {""}
    return lines or {fold(title)}


def _reserve(model: Any, count: int) -> list[int]:
    """As many primary keys as asked for, which nobody else will be given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return sorted(pk for (pk,) in cursor.fetchall())
