"""Third step: every pointer of every page is made to lead to the item or the file it means."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from palabre.authoring.files.keeping import Unwelcome, attach
from palabre.items.models import Name
from palabre.items.names import fold
from palabre.portability.markdown import pointers
from palabre.portability.markdown.atlas import Found
from palabre.portability.markdown.report import Broken
from palabre.portability.markdown.run import Entry, Run, digest

PIECE = 64 * 1024  # bytes of a file at a time

_IN_FRAGMENT = "-_.~!$&*+,;=:@/?'"
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)\Z", re.IGNORECASE)
_WIDTH = re.compile(r"(?:\A|\|)\d+(?:x\d+)?\Z")
_OPTIONS = re.compile(r"(?:alt|width|height|align|float|frame)\b", re.IGNORECASE)
_ALT = re.compile(r"\balt=([^|,]+)", re.IGNORECASE)
_FILE_NAME = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|pdf|docx?|xlsx?|pptx?|odt|zip|mp4|csv)\Z")


class Resolution:
    """What pages point at. A file is kept when it is first pointed at, and read once for all the pages that show it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.used_files: set[str] = set()
        self.sums: dict[str, str] = {}

    def all(self) -> None:
        """Makes every pointer lead to the item or file it means; reports those that mean nothing."""
        for entry in self.run.entries.values():
            changes = [(pointer, said) for pointer in entry.reading.pointers if (said := self._said(entry, pointer))]
            entry.body = pointers.replace(entry.page.body, changes)
            self._aside(entry, entry.reading.in_code, "code")
            self._aside(entry, entry.reading.in_comments, "comment")
            front = entry.page.front
            moments = [entry.stated[name] for name in ("created", "updated") if name in entry.stated]
            beside = [front.language, front.draft, moments] if front.language or front.draft or moments else []
            entry.digest = digest(entry.page.title, entry.body, entry.parent, front.tags, front.aliases, *beside)
        self._answered_here()
        self.run.report.unused_files = len(set(self.run.folder.files) - self.used_files)

    def _said(self, entry: Entry, pointer: pointers.Pointer) -> str | None:
        """What a pointer is to say from now on, None when it stays as it is."""
        if pointer.form not in ("wiki", "embed"):
            target = self._target(entry, pointer, self.run.atlas.find(entry.page.path, pointer.target))
            return pointers.said(pointer, target) if target else None
        found = self.run.atlas.find_name(entry.page.path, pointer.target)
        if found is None and (turned := self.run.atlas.find_name(entry.page.path, pointer.label)):
            # Some wikis write [[what is shown|Page]].
            found, pointer = turned, replace(pointer, target=pointer.label, label=pointer.target)
        target = self._target(entry, pointer, found)
        return pointers.said(_shown(pointer, found), target) if target and found else None

    def _target(self, entry: Entry, pointer: pointers.Pointer, found: Found | None) -> str | None:
        if found and found.is_file:
            return self._file(entry, pointer, found.path)
        if found:
            self.run.report.links += 1
            there = self.run.entries[found.path]
            name = there.page.sections.get(found.section, found.section)
            return there.address + (f"#{quote(name, safe=_IN_FRAGMENT)}" if name else "")
        broken = Broken(entry.page.path, pointer.target, pointer.label, pointer.form)
        missing_file = pointer.form in ("image", "embed") or (pointer.form == "tag" and _names_file(pointer.target))
        (self.run.report.missing_files if missing_file else self.run.report.broken).append(broken)
        return None

    def _file(self, entry: Entry, pointer: pointers.Pointer, path: str) -> str | None:
        """The address of a file once it is kept for this page; what an earlier run kept is kept no second time."""
        self.used_files.add(path)
        if path in entry.files:
            return entry.files[path][1]
        known = entry.item.extras.get("files", {}).get(path) if entry.item else None
        try:
            content_sum = self._sum_of(path)
            if known and known[2] == content_sum:
                entry.files[path] = known
                return known[1]
            with self.run.folder.opened(path) as content:
                chunks = iter(partial(content.read, PIECE), b"")
                file = attach(entry.item, self.run.authors.require(entry.author), path.rpartition("/")[2], chunks)
        except OSError as error:
            reason = error.strerror or str(error)
        except Unwelcome as error:
            reason = str(error.sentence)
        else:
            entry.files[path] = [file.pk, file.get_absolute_url(), content_sum]
            self.run.report.files += 1
            return entry.files[path][1]
        self.run.report.missing_files.append(Broken(entry.page.path, pointer.target, pointer.label, pointer.form))
        if (skipped := {"path": path, "reason": reason}) not in self.run.report.skipped:  # on however many pages
            self.run.report.skipped.append(skipped)
        return None

    def _sum_of(self, path: str) -> str:
        """Read once, on however many pages a file is shown."""
        if path not in self.sums:
            with self.run.folder.opened(path) as content:
                self.sums[path] = hashlib.file_digest(content, "sha256").hexdigest()
        return self.sums[path]

    def _answered_here(self) -> None:
        """A wiki link that no page of the folder answers may be answered by what was here before.

        One that several of them answer stays in doubt, also once an earlier run has brought them here.
        """
        pages = [entry.page for entry in self.run.entries.values()]
        borne = {fold(name) for page in pages for name in (page.title, *page.front.aliases)}
        asked = {fold(each.target.partition("#")[0]) for each in self.run.report.broken if each.form == "wiki"} - borne
        here = set(Name.objects.filter(key__in=asked).values_list("key", flat=True))
        self.run.report.broken = [
            each
            for each in self.run.report.broken
            if each.form != "wiki" or fold(each.target.partition("#")[0]) not in here
        ]

    def _aside(self, entry: Entry, targets: Iterable[str], form: str) -> None:
        for target in targets:
            if not self.run.atlas.find(entry.page.path, target):
                self.run.report.broken.append(Broken(entry.page.path, target, form=form))


def _shown(pointer: pointers.Pointer, found: Found) -> pointers.Pointer:
    """A wiki link as it is to be shown. What is embedded and is no picture is linked: showing a page whole would need
    the rights of two items in one text. What is written behind a picture may be its size, which is no word of it."""
    if not (found.is_file and _PICTURE.search(found.path)):
        return replace(pointer, form="wiki")
    name = found.path.rpartition("/")[2]
    if _OPTIONS.match(pointer.label):
        words = _ALT.search(pointer.label)
        return replace(pointer, form="embed", label=words[1].strip() if words else name)
    if pointer.form == "embed" and _WIDTH.search(pointer.label):
        return replace(pointer, label=_WIDTH.sub("", pointer.label).strip() or name)
    return pointer


def _names_file(target: str) -> bool:
    return bool(_FILE_NAME.search(target.partition("#")[0].lower()))
