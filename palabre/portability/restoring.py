"""Taking an export back: an empty instance becomes the one that was exported.

Numbers are kept, so that every address and every link in a text still leads where it did. What texts say is derived
again, by the rooms that derive it; what people put by hand is taken from the tables.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.core.files.base import File as Content
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from palabre.authoring import derivation, writing
from palabre.authoring.files.storage import keep
from palabre.authoring.rendering import render
from palabre.items import kinds
from palabre.items.models import Item, State
from palabre.journal.recording import event, record_many
from palabre.kit.progress import progress
from palabre.links.resolution import arrive
from palabre.people.models import Person
from palabre.portability.carried import AFTER_ITEMS, BEFORE_ITEMS, ITEMS, REVISIONS, facets, tables, upon_facets
from palabre.portability.exporting import FORMAT, MANIFEST, VERSION
from palabre.portability.tables import Table
from palabre.spaces.models import Space
from palabre.tags.models import Tag, Tagging
from palabre.talk.models import Comment

BATCH = 500
_STORED = re.compile(r"(?:photos/[\w.-]+|[0-9a-f]{2}/[0-9a-f]{62}(?:\.\d{1,5})?)\Z")


class Unusable(Exception):
    """The export cannot be taken back here; the message says why in one sentence."""


def restore(folder: Path) -> dict[str, int]:
    """Makes this instance, which must be empty, the one of the export in `folder`. Raises Unusable."""
    _require_understood(folder)
    _require_plain(folder)
    if Person.objects.exists() or Space.objects.exists():
        raise Unusable("There are people or spaces in this instance: a complete export needs an empty one.")
    try:
        with transaction.atomic():
            counts = _Restoration(folder.resolve()).run()
    except (KeyError, ValueError, TypeError, OSError, yaml.YAMLError, ValidationError, DatabaseError) as error:
        raise Unusable(f"{folder} is not a whole export: {type(error).__name__}: {error}.") from error
    return counts


def _require_understood(folder: Path) -> None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        ours, version = manifest["format"] == FORMAT, int(manifest["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{folder} is no export of Palabre: it has no readable {MANIFEST}.") from error
    if not ours:
        raise Unusable(f"{folder} is no export of Palabre: its {MANIFEST} is of another format.")
    if version > VERSION:
        raise Unusable(f"{folder} was made by a newer version of Palabre: upgrade before taking it back.")


def _require_plain(folder: Path) -> None:
    """A link would bring in what stands beside the export, and whoever reads here would read it."""
    for parent, folders, files in os.walk(folder):
        for path in (Path(parent, name) for name in (*folders, *files)):
            if stat.S_IFMT(path.lstat().st_mode) not in (stat.S_IFDIR, stat.S_IFREG):
                where = path.relative_to(folder)
                raise Unusable(f"{where} in {folder} is a link or no plain file: an export holds none.")


def _say_so() -> None:
    """To the guards of the database, until the transaction ends: what else comes one after the other comes whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL palabre.restoring = 'on'")


class _Restoration:
    """One restoration, in the order in which rows refer to each other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts: dict[str, int] = {}
        self.languages: dict[int, str] = {}

    def run(self) -> dict[str, int]:
        _say_so()
        self._keep_files()
        self._load(BEFORE_ITEMS)
        self._items()
        self._load(table for table in AFTER_ITEMS if table.name == "names")
        self._load(facets())
        self._texts()
        arrive(Item.objects.values_list("pk", flat=True))
        # The texts have just told their own tags again, dated today: the rows say who put them, and when.
        Tagging.objects.all().delete()
        Tag.objects.all().delete()
        self._load(table for table in AFTER_ITEMS if table.name != "names")
        self._load(upon_facets())
        self._go_on_counting()
        return self.counts

    def _keep_files(self) -> None:
        stored = self.folder / "files"
        for path in sorted(stored.rglob("*")):
            name = path.relative_to(stored).as_posix()
            if path.is_file() and _STORED.match(name):
                with path.open("rb") as file:
                    if len(name) == 65 and hashlib.file_digest(file, "sha256").hexdigest() != name.replace("/", ""):
                        raise ValueError(f"{name} is not the file it was")
                    file.seek(0)
                    keep(name, Content(file))

    def _load(self, loaded: Iterable[Table]) -> None:
        for table in loaded:
            path = self.folder / "tables" / f"{table.name}.jsonl"
            if not path.exists():
                continue
            with path.open(encoding="utf-8") as file:
                rows = (table.row(json.loads(line)) for line in file)
                while batch := list(islice(rows, BATCH)):
                    for row in batch:
                        self._complete(row)
                    table.model._default_manager.bulk_create(batch)
                    self.counts[table.name] = self.counts.get(table.name, 0) + len(batch)

    def _complete(self, row: Model) -> None:
        """What an export does not carry: passwords, since people are invited again; HTML, since none is trusted."""
        if isinstance(row, Person):
            row.set_unusable_password()
        elif isinstance(row, Comment):
            row.html = render(row.body, self.languages[row.item_id]).html

    def _items(self) -> None:
        """Items and their versions, their texts not yet rendered."""
        for table, pattern in ((ITEMS, "spaces/**/*.md"), (REVISIONS, "history/*/*.md")):
            rows = (self._page(table, path) for path in sorted(self.folder.glob(pattern)))
            while batch := list(islice(rows, BATCH)):
                table.model._default_manager.bulk_create(sorted(batch, key=lambda row: row.pk or 0))
                self.counts[table.name] = self.counts.get(table.name, 0) + len(batch)

    def _page(self, table: Table, path: Path) -> Model:
        text = path.read_bytes().decode("utf-8")
        end = text.index("\n---\n", 3)
        row = table.row(yaml.safe_load(text[4:end]))
        if isinstance(row, Item):
            kinds.get(row.kind)
            self.languages[row.pk] = row.language
        row.body = text[end + 5 :]  # type: ignore[attr-defined]
        return row

    def _texts(self) -> None:
        """Renders every text and has it tell its links, tags and mentions; then the journal tells of the item."""
        with progress("Taking items back", self.counts.get("items", 0)) as step:
            for items in _batches(Item.objects.select_related("space").order_by("pk")):
                pairs = [(item, render(item.body, item.space.language)) for item in items]
                for item, document in pairs:
                    language = item.language
                    fields = writing.rendered(item, document)
                    item.language = language
                Item.objects.bulk_update(items, fields)
                derivation.derive(pairs)
                record_many(
                    event("published", item.author_id, item=item, space=item.space_id, silent=True)
                    for item in items
                    if item.state not in (State.DRAFT, State.SCHEDULED)
                )
                step(len(items))

    def _go_on_counting(self) -> None:
        """The next row gets a number above those that were brought."""
        models = [table.model for table in (*tables(), ITEMS, REVISIONS)]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def _batches(items: Any) -> Iterator[list[Item]]:
    """By number, so that what is written meanwhile is not read twice."""
    last = 0
    while batch := list(items.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk
