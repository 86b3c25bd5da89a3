"""Exporting: everything somebody may see, as files that other programs read and that come back in unchanged.

The format is described in docs/export-format.md: items are Markdown with front matter, their earlier versions beside
them, files under their digest, everything else one JSON object a line.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model
from django.utils.text import slugify

from palabre.authoring.files.storage import HOLDERS, place
from palabre.items.models import Item, Name, Revision
from palabre.items.names import fold
from palabre.kit.clock import now
from palabre.kit.progress import progress
from palabre.people.models import OPERATOR, Organisation, Person
from palabre.portability.carried import ITEMS, REVISIONS, files, tables, upon_facets
from palabre.portability.tables import Scope, Table
from palabre.spaces.models import Space
from palabre.tags.models import Tagging

FORMAT = "palabre-export"
VERSION = 1
MANIFEST = "palabre.json"


class Exact(DjangoJSONEncoder):
    """JSON whose moments keep their last microsecond: what comes back must be the same."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class NotEmpty(Exception):
    """The folder to export to holds something already."""


def export(folder: Path, reader: Any = OPERATOR, space: Space | None = None) -> dict[str, int]:
    """Writes what `reader` may see into `folder`, new or empty; returns how many of each. Raises NotEmpty."""
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(f"{folder} is not empty: an export begins in a new or empty folder.")
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:  # one moment for all tables, whatever people write meanwhile
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _Export(folder, Scope.of(reader, space)).write()


def left_out(folder: Path) -> dict[str, int]:
    """How many rows of each table an export could not carry, for they need something that it does not."""
    found: dict[str, int] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["left_out"]
    return found


class _Export:
    """One export, table by table, the last first: people and organisations when it is known who is named."""

    def __init__(self, folder: Path, scope: Scope) -> None:
        self.folder, self.scope = folder, scope
        self.named: dict[type[Model], set[int]] = {Person: set(), Organisation: set()}
        self.counts: dict[str, int] = {}
        self.left_out: dict[str, int] = {}
        self.carried: set[int] = set()
        (folder / "tables").mkdir()

    def write(self) -> dict[str, int]:
        self._items()
        self._revisions()
        for table in reversed(tables()):
            self._rows(table, self._known(table))
        self._files()
        self._photos()
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": now(),
            "whole": self.scope.everything,
            "counts": self.counts,
            "left_out": self.left_out,
        }
        self._write(MANIFEST, json.dumps(manifest, cls=Exact, ensure_ascii=False, indent=2) + "\n")
        return self.counts

    def _items(self) -> None:
        addresses = _Addresses(self.scope.items)
        self.carried = set(addresses.known)
        slugs = dict(self.scope.spaces.values_list("pk", "slug"))
        spoken = _Spoken(self.scope)
        with progress("Exporting items", self.scope.items.count()) as step:
            for item in self.scope.items.select_related(None).select_related("author").iterator(chunk_size=500):
                said = {column.attname: getattr(item, column.attname) for column in ITEMS.columns()}
                if item.parent_id not in addresses.known:
                    said["parent_id"] = None
                self._name(ITEMS, said)
                front = {"title": item.title} | spoken.of(item) | _plain(said)
                where = f"spaces/{slugs[item.space_id]}/{addresses.of(item.pk)}.md"
                self._write(where, _page(front, item.body))
                self.counts["items"] = self.counts.get("items", 0) + 1
                step(1)

    def _revisions(self) -> None:
        revisions = Revision.objects.filter(item__in=self.scope.pks()).select_related("by").order_by("pk")
        for revision in revisions.iterator(chunk_size=500):
            said = {column.attname: getattr(revision, column.attname) for column in REVISIONS.columns()}
            self._name(REVISIONS, said)
            self._write(
                f"history/{revision.item_id}/{revision.number}.md",
                _page(_plain({"by": revision.by.name} | said), revision.body),
            )
            self.counts["revisions"] = self.counts.get("revisions", 0) + 1

    def _known(self, table: Table) -> Iterator[dict[str, Any]]:
        """The rows of a table; of people and organisations only those that are named, unless all are carried."""
        for row in table.rows(self.scope):
            if self.scope.everything or table.model not in self.named or row["id"] in self.named[table.model]:
                yield row

    def _rows(self, table: Table, rows: Iterator[dict[str, Any]]) -> None:
        count = 0
        with (self.folder / "tables" / f"{table.name}.jsonl").open("w", encoding="utf-8") as file:
            for row in rows:
                if not self._stands(table, row):
                    self.left_out[table.name] = self.left_out.get(table.name, 0) + 1
                    continue
                self._name(table, row)
                file.write(json.dumps(row, cls=Exact, ensure_ascii=False) + "\n")
                count += 1
        self.counts[table.name] = count

    def _files(self) -> None:
        held = (table.within(self.scope) for table in upon_facets() if table.model in HOLDERS)
        for file in chain(files(self.scope).order_by("digest"), *held):
            for width in (None, *file.widths):
                name = place(file.digest, width)
                if default_storage.exists(name):
                    self._copy(name, f"files/{name}")

    def _photos(self) -> None:
        for pk, photo in Person.objects.visible_to(self.scope.reader).exclude(photo="").values_list("pk", "photo"):
            if (self.scope.everything or pk in self.named[Person]) and default_storage.exists(photo):
                self._copy(photo, f"files/{photo}")

    def _stands(self, table: Table, row: dict[str, Any]) -> bool:
        """Whether all that a row cannot do without is carried along; it forgets of the rest what stays behind."""
        for column in table.columns(self.scope):
            key = row.get(column.attname) if column.related_model is Item else None
            if key is not None and key not in self.carried:
                if not column.null:
                    return False
                row[column.attname] = None
        return True

    def _name(self, table: Table, row: dict[str, Any]) -> None:
        """Remembers whom a row names: they are part of what it says."""
        for model, named in self.named.items():
            named |= {row[column] for column in table.naming(model) if row.get(column)}

    def _copy(self, name: str, to: str) -> None:
        target = self.folder / to
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with default_storage.open(name) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


class _Spoken:
    """What a front matter says in words, for other programs: here, coming back, numbers and tables say it."""

    def __init__(self, scope: Scope) -> None:
        within = {"item__in": scope.pks()}
        self.tags = _by_item(Tagging.objects.filter(**within).order_by("tag__key").values_list("item", "tag__name"))
        self.names = _by_item(Name.objects.filter(**within).order_by("pk").values_list("item", "label"))

    def of(self, item: Item) -> dict[str, Any]:
        aliases = [name for name in self.names[item.pk] if fold(name) != fold(item.title)]
        said = {"author": item.author.name, "tags": self.tags[item.pk], "aliases": aliases}
        return {key: words for key, words in said.items() if words}


def _by_item(pairs: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for item, word in pairs:
        found[item].append(word)
    return found


class _Addresses:
    """Where each item stands in the folders: below its parent, as `12-words`."""

    def __init__(self, items: Any) -> None:
        self.known = {pk: (parent, title) for pk, parent, title in items.values_list("pk", "parent", "title")}

    def of(self, pk: int, below: int = 0) -> str:
        parent, title = self.known[pk]
        words = slugify(title)[:60].strip("-")
        own = f"{pk}-{words}" if words else str(pk)
        # A loop of parents, or a tree deeper than any reader follows, lies flat.
        return f"{self.of(parent, below + 1)}/{own}" if parent in self.known and below < 12 else own


def _page(front: dict[str, Any], body: str) -> str:
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{head}---\n{body}"


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    """Values YAML writes plainly: moments as ISO text, nothing where there is nothing."""
    encoded: dict[str, Any] = json.loads(json.dumps(said, cls=Exact))
    return {name: value for name, value in encoded.items() if value not in (None, "", {}, [])}
