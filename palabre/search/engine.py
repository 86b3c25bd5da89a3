"""The index on disk: one writer, many readers, and a rebuild beside the one that serves.

A generation is a folder; the file `current` names the one that serves and is replaced atomically. The position in the
journal is itself a document of the index: it is committed with the items or not at all, so that a reader always knows
how far the very snapshot it searches has read. Nothing here knows of Django.
"""

import contextlib
import fcntl
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tantivy import Document, Index, Query, Searcher

from palabre.search import analysis
from palabre.search.schema import SCHEMA, VERSION, Entry, any_of, kept_bytes

Position = tuple[int, int]
START: Position = (0, 0)
_HEAP = 16_000_000
_REBUILD_HEAP = 64_000_000


class Busy(RuntimeError):
    """Another process writes this index."""


def _open(folder: Path) -> Index:
    index = Index(SCHEMA, path=str(folder), reuse=True)
    for name in (analysis.PLAIN, analysis.GRAMS):
        index.register_tokenizer(name, analysis.analyser(name))
    index.config_reader(reload_policy="manual")
    return index


def in_memory(entries: Iterable[Entry]) -> Searcher:
    """A small index of these items alone, with the schema and the analysers of the one on disk."""
    index = Index(SCHEMA)
    for name in (analysis.PLAIN, analysis.GRAMS):
        index.register_tokenizer(name, analysis.analyser(name))
    writer = Writer(index)
    writer.add(entries)
    writer.commit(START)
    index.reload()
    return index.searcher()


def position_of(searcher: Searcher) -> Position:
    hits = searcher.search(Query.term_query(SCHEMA, "mark", "position"), limit=1, count=False).hits
    if not hits:
        return START
    xid, _, event = kept_bytes(searcher.doc(hits[0][1])).decode().partition(":")
    return int(xid), int(event)


def known_authorities(searcher: Searcher) -> dict[int, float]:
    """The authority of every item, as the index holds it."""
    hits = searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False).hits
    places = [address for _, address in hits]
    pairs = zip(searcher.fast_field_values("id", places), searcher.fast_field_values("authority", places), strict=True)
    return {int(pk): float(authority) for pk, authority in pairs if pk and authority}


class Writer:
    """The one hand that writes. Use as a context; what is not committed when it closes is forgotten."""

    def __init__(self, index: Index, heap: int = _HEAP) -> None:
        self._writer = index.writer(heap, 1)

    def put(self, entries: Sequence[Entry]) -> None:
        """Replace these items. Deleting by query, since `delete_documents_by_term` misses unsigned fields (0.27)."""
        self.remove([entry.id for entry in entries])
        self.add(entries)

    def add(self, entries: Iterable[Entry]) -> None:
        """Items the index is known not to hold."""
        for entry in entries:
            self._writer.add_document(entry.document())

    def remove(self, ids: Sequence[int]) -> None:
        if ids:
            self._writer.delete_documents_by_query(any_of("id", ids))

    def commit(self, position: Position) -> None:
        self._writer.delete_documents_by_term("mark", "position")
        mark = Document(mark="position")
        mark.add_bytes("kept", f"{position[0]}:{position[1]}".encode())
        self._writer.add_document(mark)
        self._writer.commit()

    def close(self) -> None:
        self._writer.wait_merging_threads()


class Shelf:
    """The folder of the index. Readers share one per process; the writer holds its lock for as long as it lives."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._lock = threading.Lock()
        self._seen: tuple[str, int, int] | None = None
        self._index: Index | None = None
        self._searcher: Searcher | None = None
        self._position: Position = START

    def snapshot(self) -> tuple[Searcher, Position] | None:
        """What there is to search now, with the position it has read up to; None before the first index."""
        for _ in range(5):
            name = self.current()
            if name is None:
                return None
            try:
                stat = (self.folder / name / "meta.json").stat()
                return self._at((name, stat.st_mtime_ns, stat.st_ino))
            except (OSError, ValueError):  # the generation was replaced under our feet: read `current` again
                self._seen = None
                time.sleep(0.01)
        return None

    def _at(self, seen: tuple[str, int, int]) -> tuple[Searcher, Position]:
        with self._lock:
            if seen != self._seen or self._searcher is None:
                if self._index is None or self._seen is None or seen[0] != self._seen[0]:
                    self._index = _open(self.folder / seen[0])
                self._index.reload()
                self._searcher = self._index.searcher()
                self._position = position_of(self._searcher)
                self._seen = seen
            return self._searcher, self._position

    def current(self) -> str | None:
        """The generation that serves, if it was made for this schema."""
        try:
            name = (self.folder / "current").read_text().strip()
        except OSError:
            return None
        usable = name.startswith(f"v{VERSION}-") and (self.folder / name / "meta.json").exists()
        return name if usable else None

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writer]:
        """Write into the generation that serves; `Busy` if another process does."""
        with self._alone("writer"):
            writer = Writer(_open(self.folder / (self.current() or self._begin())))
            try:
                yield writer
            finally:
                writer.close()

    @contextlib.contextmanager
    def rebuilding(self) -> Iterator[Writer]:
        """Write a new generation beside the one that serves; it takes its place when the block ends well."""
        with self._alone("rebuild"):
            name = self._new_name()
            folder = self.folder / name
            folder.mkdir(parents=True)
            writer = Writer(_open(folder), _REBUILD_HEAP)
            try:
                yield writer
                writer.close()
                self._serve(name)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            self.sweep()

    def sweep(self) -> None:
        """Remove what no longer serves. Readers that still hold it keep their open files."""
        name = self.current()
        for old in self.folder.glob("v*-*"):
            if name and old.name != name:
                shutil.rmtree(old, ignore_errors=True)

    def _begin(self) -> str:
        name = self._new_name()
        (self.folder / name).mkdir(parents=True)
        _open(self.folder / name)
        self._serve(name)
        return name

    def _serve(self, name: str) -> None:
        fresh = self.folder / f"current.{os.getpid()}"
        with fresh.open("w") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / "current")

    def _new_name(self) -> str:
        return f"v{VERSION}-{time.time_ns():x}"

    @contextlib.contextmanager
    def _alone(self, what: str) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{what}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy(f"another process holds {lock.name}") from error
            yield
