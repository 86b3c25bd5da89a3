"""Importing a folder of Markdown into a space.

Pages are read and rendered in two processes, while this one resolves their links and writes them in batches, each in
one transaction with everything that derives from its texts. Numbers are reserved before anything is written, so that
a link can carry the address of a page that comes later; links by number survive every rename.

Running again finds each page by the folder's name and its path there, and writes only what changed in the folder since:
what an earlier run gave is kept with the page, so that what people ordered, moved and tagged here stays theirs. Of two
folders of one name the second is refused, unless somebody says what it is to be known by.
"""

import hashlib
import json
import multiprocessing
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction
from django.db.models import Q

from palabre.authoring import derivation, lifecycle, writing
from palabre.authoring.files.keeping import Unwelcome, attach
from palabre.authoring.rendering import Document, render
from palabre.items.models import Item, Name, State, address
from palabre.items.names import fold
from palabre.kit.progress import progress
from palabre.links.resolution import arrive, settle
from palabre.people.models import Person
from palabre.portability import incoming, pointers
from palabre.portability.atlas import Atlas, Found
from palabre.portability.folder import Folder
from palabre.portability.incoming import Page
from palabre.portability.report import Broken, Report
from palabre.spaces.models import Space
from palabre.tags.keys import key_of
from palabre.tags.models import Tag

KIND = "page"
NAMELESS = "Import"
BATCH = 250
PIECE = 64 * 1024
PROCESSES = 2
CHUNK = 16

_IN_FRAGMENT = "-_.~!$&*+,;=:@/?'"
_FILE_NAME = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|pdf|docx?|xlsx?|pptx?|odt|zip|mp4|csv)\Z")
_NUMBERS = re.compile(r"(\d+)")
_POINTED_AT = re.compile(r"\]\([^)\n]*\)|\[\[[^\]\n]*\]\]")  # of links, what an import writes otherwise


class AnotherFolder(ValueError):
    """A folder of that name has been imported into the space, and its pages were others. Nothing was written."""


@dataclass
class Entry:
    """A page on its way in, with what is known of it here: `item` when an earlier run brought it."""

    page: Page
    reading: pointers.Reading
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


def import_markdown(root: Path, space: Space, author: Person | None = None, collection: str = "") -> Report:
    """Brings the folder `root` into `space`. Creates nothing but items (and the person "Import" if one is needed).

    `author` writes the pages whose front matter names nobody known here. A later run knows the folder again by
    `collection`, or else by its name; AnotherFolder when its name is all it has in common with the one brought before.
    """
    begun = time.monotonic()
    folder = Folder.read(root)
    report = Report(collection=collection or folder.name, space=space.slug)
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("fork")) as pool:
        run = _Run(folder, space, author, report, pool)
        run.read()
        run.recognise(named=bool(collection))
        run.resolve()
        run.write()
    report.seconds = round(time.monotonic() - begun, 2)
    return report


def rendered(body: str, prior: str, language: str) -> tuple[Document, str]:
    """A page's document and what went wrong; a language stated by its front matter is believed."""
    trouble = ""
    try:
        document = render(writing.clean(body), prior)
    except Exception as error:  # one page that cannot be rendered must not stop five thousand
        document = render("~~~~\n" + body.encode("utf-8", "replace").decode().replace("~~~~", "") + "\n~~~~\n", prior)
        trouble = f"shown as plain text: {type(error).__name__}"
    return replace(document, language=language) if language else document, trouble


class _Run:
    """One import, step by step."""

    def __init__(
        self, folder: Folder, space: Space, author: Person | None, report: Report, pool: ProcessPoolExecutor
    ) -> None:
        self.folder, self.space, self.report, self.pool = folder, space, report, pool
        self.entries: dict[str, Entry] = {}
        self.authors = _Authors(author)
        self.used_files: set[str] = set()
        self.digests: dict[str, str] = {}

    def read(self) -> None:
        """Reads every page, and where each points."""
        report, pages = self.report, []
        report.skipped += ({"path": each.path, "reason": each.reason} for each in self.folder.skipped)
        for path in self.folder.pages:
            try:
                pages.append(incoming.read(self.folder, path))
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or str(error)
                report.skipped.append({"path": path, "reason": reason})
        report.odd += ({"path": page.path, "reason": odd} for page in pages for odd in page.odd)
        with progress("Reading pages", len(pages)) as step:
            for page, reading in zip(
                pages, self.pool.map(pointers.read, [page.body for page in pages], chunksize=CHUNK), strict=True
            ):
                self.entries[page.path] = Entry(page, reading, author=self.authors.of(page))
                step(1)
        report.pages = len(pages)
        report.duplicates += _duplicates(pages)
        self.atlas = Atlas.draw((page.place for page in pages), self.folder.files)
        self._arrange()

    def recognise(self, *, named: bool) -> None:
        """Finds what an earlier run brought, by path, or by its text where it has moved; numbers the rest.

        `named` is a folder of which somebody said what it is known by: it is that one, whatever it has become.
        """
        into = Q(extras__into=self.space.pk) | Q(extras__into__isnull=True, space=self.space)
        of_folder = Item.objects.filter(into, extras__collection=self.report.collection)
        brought = {item.extras["source"]: item for item in of_folder.select_related("space").order_by("pk")}
        if not named:
            self._require_the_same(brought)
        gone = {path: item for path, item in brought.items() if path not in self.entries}
        by_text = {item.extras.get("text"): path for path, item in gone.items()}
        for path, entry in self.entries.items():
            entry.item = brought.get(path)
            if entry.item is None and (former := by_text.pop(_digest(entry.page.title, entry.page.body), None)):
                entry.item = gone.pop(former)
                self.report.moved += 1
        new = [entry for entry in self.entries.values() if entry.item is None]
        for entry, pk in zip(new, _reserve(Item, len(new)), strict=True):
            entry.pk = pk
        for entry in self.entries.values():
            if entry.item is not None:
                entry.pk = entry.item.pk
        self.report.gone = sorted(gone)

    def _require_the_same(self, brought: dict[str, Item]) -> None:
        """A folder that has grown, shrunk or moved still has half of its pages, or is half of what it was."""
        texts = {item.extras.get("text") for item in brought.values()}
        again = sum(
            _digest(entry.page.title, entry.page.body) in texts
            or (path in brought and _alike(entry.page.title, entry.page.body, brought[path]))
            for path, entry in self.entries.items()
        )
        if 2 * again < min(len(brought), len(self.entries)):
            name, space = self.report.collection, self.space.slug
            raise AnotherFolder(
                f"A folder {name} with other pages than {self.folder.root} has been imported into {space} already; "
                f"nothing was written. If this is another one, name it: --collection NAME. "
                f"If it is the same one, rewritten: --collection {name}."
            )

    def resolve(self) -> None:
        """Makes every pointer lead to the item or file it means; reports those that mean nothing."""
        for entry in self.entries.values():
            changes = [(pointer, said) for pointer in entry.reading.pointers if (said := self._said(entry, pointer))]
            entry.body = pointers.replace(entry.page.body, changes)
            self._aside(entry, entry.reading.in_code, "code")
            self._aside(entry, entry.reading.in_comments, "comment")
            front = entry.page.front
            moments = [entry.stated[name] for name in ("created", "updated") if name in entry.stated]
            beside = [front.language, front.draft, moments] if front.language or front.draft or moments else []
            entry.digest = _digest(entry.page.title, entry.body, entry.parent, front.tags, front.aliases, *beside)
        self._answered_here()
        self.report.unused_files = len(set(self.folder.files) - self.used_files)

    def write(self) -> None:
        """Writes what is new or changed, parents before children."""
        order = sorted(self.entries.values(), key=lambda entry: (entry.depth, entry.position, entry.page.path))
        new = [entry for entry in order if entry.item is None]
        changed = [entry for entry in order if entry.item and entry.item.extras.get("digest") != entry.digest]
        self.report.unchanged = len(order) - len(new) - len(changed)
        with progress("Importing pages", len(new) + len(changed)) as step:
            documents = self.pool.map(
                rendered,
                [entry.body for entry in new],
                [self.space.language] * len(new),
                [entry.page.front.language for entry in new],
                chunksize=CHUNK,
            )
            for batch in _batches(new, BATCH):
                self._create(batch, documents)
                step(len(batch))
            for entry in changed:
                self._update(entry)
                step(1)
        arrive([entry.pk for entry in new])
        self._settle(order)

    def _arrange(self) -> None:
        """Gives each page its place in the tree: below the page of its folder, in the order its authors gave."""

        def depth(path: str) -> int:
            parent = self.entries[path].parent
            return 0 if parent is None else depth(parent) + 1

        for path, entry in self.entries.items():
            entry.parent = self.atlas.parent_of(path)
        for path, entry in self.entries.items():
            entry.depth = depth(path)
        ordered = sorted(self.entries.values(), key=_order)
        for position, entry in enumerate(ordered, start=1):
            entry.position = position

    def _said(self, entry: Entry, pointer: pointers.Pointer) -> str | None:
        """What a pointer is to say from now on, None when it stays as it is."""
        if pointer.form not in ("wiki", "embed"):
            target = self._target(entry, pointer, self.atlas.find(entry.page.path, pointer.target))
            return pointers.said(pointer, target) if target else None
        found = self.atlas.find_name(entry.page.path, pointer.target)
        if found is None and (turned := self.atlas.find_name(entry.page.path, pointer.label)):
            # Some wikis write [[what is shown|Page]].
            found, pointer = turned, replace(pointer, target=pointer.label, label=pointer.target)
        target = self._target(entry, pointer, found)
        return pointers.said(pointer, target) if target else None

    def _target(self, entry: Entry, pointer: pointers.Pointer, found: Found | None) -> str | None:
        if found and found.is_file:
            return self._file(entry, pointer, found.path)
        if found:
            self.report.links += 1
            section = f"#{quote(found.section, safe=_IN_FRAGMENT)}" if found.section else ""
            # An embedded page is linked: showing it whole would need the rights of two items in one text.
            return self.entries[found.path].address + section
        broken = Broken(entry.page.path, pointer.target, pointer.label, pointer.form)
        missing_file = pointer.form in ("image", "embed") or (pointer.form == "tag" and _names_file(pointer.target))
        (self.report.missing_files if missing_file else self.report.broken).append(broken)
        return None

    def _file(self, entry: Entry, pointer: pointers.Pointer, path: str) -> str | None:
        """The address of a file once it is kept for this page; what an earlier run kept is kept no second time."""
        self.used_files.add(path)
        if path in entry.files:
            return entry.files[path][1]
        known = entry.item.extras.get("files", {}).get(path) if entry.item else None
        try:
            digest = self._digest_of(path)
            if known and known[2] == digest:
                entry.files[path] = known
                return known[1]
            with self.folder.opened(path) as content:
                chunks = iter(partial(content.read, PIECE), b"")
                file = attach(entry.item, self.authors.require(entry.author), path.rpartition("/")[2], chunks)
        except OSError as error:
            reason = error.strerror or str(error)
        except Unwelcome as error:
            reason = str(error.sentence)
        else:
            entry.files[path] = [file.pk, file.get_absolute_url(), digest]
            self.report.files += 1
            return entry.files[path][1]
        self.report.missing_files.append(Broken(entry.page.path, pointer.target, pointer.label, pointer.form))
        self.report.skipped.append({"path": path, "reason": reason})
        return None

    def _digest_of(self, path: str) -> str:
        """Read once, on however many pages a file is shown."""
        if path not in self.digests:
            with self.folder.opened(path) as content:
                self.digests[path] = hashlib.file_digest(content, "sha256").hexdigest()
        return self.digests[path]

    def _answered_here(self) -> None:
        """A wiki link that no page of the folder answers may be answered by what was here before.

        One that several of them answer stays in doubt, also once an earlier run has brought them here.
        """
        pages = [entry.page for entry in self.entries.values()]
        borne = {fold(name) for page in pages for name in (page.title, *page.front.aliases)}
        asked = {fold(each.target.partition("#")[0]) for each in self.report.broken if each.form == "wiki"} - borne
        here = set(Name.objects.filter(key__in=asked).values_list("key", flat=True))
        self.report.broken = [
            each
            for each in self.report.broken
            if each.form != "wiki" or fold(each.target.partition("#")[0]) not in here
        ]

    def _aside(self, entry: Entry, targets: Iterable[str], form: str) -> None:
        for target in targets:
            if not self.atlas.find(entry.page.path, target):
                self.report.broken.append(Broken(entry.page.path, target, form=form))

    def _create(self, batch: Sequence[Entry], documents: Iterator[tuple[Document, str]]) -> None:
        importer = self.authors.require(None) if any(entry.author is None for entry in batch) else None
        drawn = list(islice(documents, len(batch)))
        self.report.odd += (
            {"path": entry.page.path, "reason": trouble}
            for entry, (_, trouble) in zip(batch, drawn, strict=True)
            if trouble
        )
        texts = [
            writing.Text(
                KIND,
                self.space,
                entry.author or importer,
                entry.page.title,
                entry.body,
                tags=entry.page.front.tags,
                state=State.DRAFT if entry.page.front.draft else State.PUBLISHED,
                at=entry.page.front.created or entry.page.front.updated,
                names=entry.page.front.aliases,
                document=document,
                fields=self._fields(entry),
            )
            for entry, (document, _) in zip(batch, drawn, strict=True)
        ]
        for item in writing.publish_all(texts, importer or texts[0].by, silent=True):
            self.report.created += 1
            self.report.drafts += item.state == State.DRAFT

    def _fields(self, entry: Entry) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "id": entry.pk,
            "parent_id": self._parent(entry),
            "position": entry.position,
            "extras": self._extras(entry, 1),
        }
        if entry.page.front.updated:
            fields["updated_at"] = max(filter(None, (entry.page.front.updated, entry.page.front.created)))
        return fields

    def _parent(self, entry: Entry) -> int | None:
        return self.entries[entry.parent].pk if entry.parent else None

    def _extras(self, entry: Entry, version: int) -> dict[str, Any]:
        extras = {
            "source": entry.page.path,
            "collection": self.report.collection,
            "digest": entry.digest,
            "text": _digest(entry.page.title, entry.page.body),
            "imported": version,
            "into": self.space.pk,
            "parent": self._parent(entry),
            "stated": entry.stated,
        }
        if entry.files:
            extras["files"] = entry.files
        if entry.page.front.author and not self.authors.known(entry.page):
            extras["author"] = entry.page.front.author[:200]
        return extras

    @transaction.atomic
    def _update(self, entry: Entry) -> None:
        """Brings a changed page in line; what people changed here meanwhile is merged, or left for them to merge."""
        item, by = entry.item, self.authors.require(entry.author)
        assert item is not None
        if item.state == State.TRASHED:
            self.report.unchanged += 1
            self.report.odd.append({"path": entry.page.path, "reason": "changed, but it lies in the trash here"})
            return
        outcome = writing.revise(item, by, entry.page.title, entry.body, item.extras.get("imported", 1), note=NAMELESS)
        if outcome.status == "conflict":
            reason = f"see {item.get_absolute_url()}"
            self.report.conflicts.append({"path": entry.page.path, "reason": reason})
            return
        item, former = outcome.item, item.extras
        self._place(entry, item, former, by)
        told = self._restate(entry, item, former.get("stated", {}), by)
        Item.objects.filter(pk=item.pk).update(extras={**item.extras, **self._extras(entry, item.version)})
        if told and outcome.status == "unchanged" and item.is_readable:
            item.record("edited", by, version=item.version, before=item.title)
        entry.written = True
        self.report.updated += 1

    def _place(self, entry: Entry, item: Item, former: dict[str, Any], by: Any) -> None:
        """Moves a page that the folder has moved; where people moved it here, it stays."""
        parent = self._parent(entry)
        moved = former["parent"] != parent if "parent" in former else former["source"] != entry.page.path
        if not moved or parent == item.parent_id or item.space_id != self.space.pk:
            return
        above = Item.objects.get(pk=parent) if parent else None
        try:
            lifecycle.move(item, by, self.space, above)
        except lifecycle.Misplaced:
            self.report.odd.append({"path": entry.page.path, "reason": "moved, but here its place is another"})
        else:
            Item.objects.filter(pk=item.pk).update(position=entry.position)

    def _restate(self, entry: Entry, item: Item, former: dict[str, Any], by: Any) -> bool:
        """What the front matter says otherwise than at the last run; whether readers of the text should look again."""
        front, stated = entry.page.front, entry.stated
        fields: dict[str, Any] = {}
        if front.language and front.language != item.language:
            fields["language"] = front.language
        if [stated.get(name) for name in ("created", "updated")] != [former.get(n) for n in ("created", "updated")]:
            moments = [moment for moment in (front.created, front.updated) if moment]
            fields |= {"published_at": moments[0], "updated_at": max(moments)} if moments else {}
        if former.get("draft") and not front.draft and item.state == State.DRAFT:
            published = lifecycle.publish_now(item, by)
            item.state = published.state
            fields.setdefault("published_at", front.created or front.updated or published.published_at)
        if fields:
            Item.objects.filter(pk=item.pk).update(**fields)
        derivation.hand_over("tags", [(item, front.tags)] if front.tags else [], by)
        for tag in Tag.objects.called(set(former.get("tags", ())) - set(stated.get("tags", ()))).values():
            tag.take_off(item, by)
        return self._rename(entry, item, former) or bool(fields)

    def _rename(self, entry: Entry, item: Item, former: dict[str, Any]) -> bool:
        """The aliases of today; links by them are aimed again. Whether there was a change."""
        labels = {fold(alias): alias[:250] for alias in entry.page.front.aliases if fold(alias)}
        standing = set(Name.objects.filter(item=item).values_list("key", flat=True))
        gone = (set(former.get("names", ())) - labels.keys() - {fold(item.title)}) & standing
        Name.objects.filter(item=item, key__in=gone).delete()
        new = [Name(item=item, key=key, label=label) for key, label in labels.items() if key not in standing]
        Name.objects.bulk_create(new, ignore_conflicts=True)
        settle(gone | {name.key for name in new})
        return bool(gone or new)

    @transaction.atomic
    def _settle(self, order: Iterable[Entry]) -> None:
        """Puts pages that were there before in the folder's order of today, unless people put them in another (which
        has no positive numbers), and keeps the path by which the next run knows them. Nobody wrote anything, nothing is
        told."""
        known = {entry.pk: entry for entry in order if entry.item}
        strayed = [pk for pk, entry in known.items() if entry.item and self._strays(entry, entry.item)]
        items = list(Item.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=strayed).order_by("pk"))
        for item in items:
            entry = known[item.pk]
            if item.position > 0:
                item.position = entry.position
            item.extras = self._kept(entry, item)
        Item.objects.bulk_update(items, ["position", "extras"], batch_size=1000)

    def _strays(self, entry: Entry, item: Item) -> bool:
        return 0 < item.position != entry.position or (not entry.written and item.extras != self._kept(entry, item))

    def _kept(self, entry: Entry, item: Item) -> dict[str, Any]:
        """What a page that was not written anew remembers of the folder."""
        return {"into": self.space.pk, "parent": self._parent(entry), **item.extras, "source": entry.page.path}


class _Authors:
    """Whom a front matter means: somebody known here by e-mail, handle or name, else the given author."""

    def __init__(self, given: Person | None) -> None:
        self.given = given
        self.nameless: Person | None = None
        self.people: dict[str, Person] = {}
        names: dict[str, list[Person]] = defaultdict(list)
        for person in Person.objects.order_by("-pk"):
            names[fold(person.name)].append(person)
            self.people |= {fold(person.handle): person} | ({fold(person.email): person} if person.email else {})
        self.people |= {name: persons[0] for name, persons in names.items() if len(persons) == 1}

    def known(self, page: Page) -> Person | None:
        written = page.front.author
        address = written[written.find("<") + 1 : written.rfind(">")] if "<" in written else ""
        name = written.split("<")[0].strip().removeprefix("@")
        return self.people.get(fold(address)) or self.people.get(fold(name)) if written else None

    def of(self, page: Page) -> Person | None:
        return self.known(page) or self.given

    def require(self, author: Person | None) -> Person:
        """Somebody, in the last resort the person "Import", made when first needed."""
        if author or self.given:
            return author or self.given  # type: ignore[return-value]
        if self.nameless is None:
            self.nameless = Person.objects.filter(name=NAMELESS, email=None).first()
            self.nameless = self.nameless or Person.objects.create_person(NAMELESS, is_bot=True)
        return self.nameless


def _order(entry: Entry) -> tuple[Any, ...]:
    """Within its folder: the page of the folder, then by stated weight, then as the names sort, numbers as numbers."""
    folder, _, name = entry.page.path.rpartition("/")
    weight = entry.page.front.weight
    parts = tuple((int(part), "") if part.isdigit() else (-1, part) for part in _NUMBERS.split(name.lower()))
    return folder, weight if weight is not None else float("inf"), parts


def _alike(title: str, body: str, item: Item) -> bool:
    """Whether a page goes on from the item that stands at its path: most lines of the shorter one are in the other. A
    title alone says little: every folder has its "Introduction"."""
    one, other = _lines(title, body), _lines(item.title, item.body)
    return 2 * len(one & other) > min(len(one), len(other))


def _lines(title: str, body: str) -> set[str]:
    lines = {_POINTED_AT.sub("", line).strip() for line in body.splitlines()} - {""}
    return lines or {fold(title)}


def _names_file(target: str) -> bool:
    return bool(_FILE_NAME.search(target.partition("#")[0].lower()))


def _duplicates(pages: Sequence[Page]) -> list[dict[str, Any]]:
    """Pages of one title in one folder, and pages of the very same text."""
    titles: dict[tuple[str, str], list[str]] = defaultdict(list)
    texts: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        titles[page.path.rpartition("/")[0], fold(page.title)].append(page.path)
        if len(page.body) > 20:
            texts[page.body].append(page.path)
    same_text = [{"what": "the same text", "sources": paths} for paths in texts.values() if len(paths) > 1]
    same_title = [
        {"what": f"the title “{title}”", "sources": paths} for (_, title), paths in titles.items() if len(paths) > 1
    ]
    return same_text + same_title


def _reserve(model: Any, count: int) -> list[int]:
    """As many primary keys as asked for, which nobody else will be given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return sorted(pk for (pk,) in cursor.fetchall())


def _digest(*said: Any) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _batches(entries: Sequence[Entry], size: int) -> Iterator[Sequence[Entry]]:
    for start in range(0, len(entries), size):
        yield entries[start : start + size]
