"""The indexer: follows the journal, and keeps the index of this node true to the tables.

An event only says where to look; what is written is what the tables say now, so that reading an event twice, or late,
harms nothing. The position kept with the index is that of the last settled event. What has been committed while a long
transaction (an import) still runs is indexed all the same, and passed by when that has settled; nearly always it does
so within the moment in which the next events gather.
"""

import logging
import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence

import psycopg
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F, Q

from palabre.items.models import READABLE, Item
from palabre.journal import following
from palabre.journal.following import Position
from palabre.journal.models import Event
from palabre.links.models import Authority, Link, Type
from palabre.search.engine import Busy, Shelf, Writer, known_authorities
from palabre.search.gathering import entries

log = logging.getLogger(__name__)

BATCH = 200
EVENTS = 5_000
PAUSE = 1.0  # seconds
SOON = 0.3  # seconds, for what is about to settle
ALIGNED_AT_ONCE = 40
ALIGN_EVERY = 120.0  # seconds, when nothing else happens
NOTICEABLE = 0.25  # of a doubling of authority


class Follower:
    """Brings one index up to date; whoever holds it is the only one who writes."""

    def __init__(self, shelf: Shelf, writer: Writer, generation: str | None) -> None:
        self.shelf = shelf
        self.generation = generation
        self._writer = writer
        self._early: set[int] = set()
        self.unsettled: set[int] = set()
        self._moved: deque[int] = deque()
        snapshot = shelf.snapshot()
        self.position = Position(*(snapshot[1] if snapshot else following.START))

    @property
    def is_aligned(self) -> bool:
        """Whether nothing waits to be read again for its authority."""
        return not self._moved

    @property
    def is_current(self) -> bool:
        """Whether its generation still serves: `palabre reindex` may have put another in its place."""
        return self.shelf.current() == self.generation

    def catch_up(self, patient: bool = False) -> int:
        """Reads all there is to read now; returns how many events that was. One who is `patient` leaves what has not
        settled for the next time, and reads it then, settled or not."""
        read = 0
        while events := following.follow(self.position, EVENTS):
            last = events[-1]
            self._write([event for event in events if event.pk not in self._early], Position(last.xid, last.pk))
            self._early -= {event.pk for event in events}
            read += len(events)
            if len(events) < EVENTS:
                break
        coming = [event for event in following.since(self.position)[:EVENTS] if event.pk not in self._early]
        early = [event for event in coming if not patient or event.pk in self.unsettled]
        if early:
            self._write(early, self.position)
            self._early |= {event.pk for event in early}
        self.unsettled = {event.pk for event in coming} - self._early
        return read + len(early)

    def align(self) -> int:
        """Authority moves with the links of other pages, and no event tells: what moved much is read again, a few each
        time, the furthest first, so that whoever saves meanwhile waits for no more than these."""
        if not self._moved:
            self._moved = self._far_from_known()
        some = [self._moved.popleft() for _ in range(min(ALIGNED_AT_ONCE, len(self._moved)))]
        if some:
            self._read_again(sorted(some))
            self._writer.commit(self.position)
        return len(some)

    def _far_from_known(self) -> deque[int]:
        snapshot = self.shelf.snapshot()
        scores = dict(Authority.objects.values_list("item", "score"))
        if snapshot is None or not scores:
            return deque()
        known = known_authorities(snapshot[0])
        moved = {pk: abs(math.log2(scores[pk] / known[pk])) for pk in scores.keys() & known.keys()}
        return deque(sorted((pk for pk in moved if moved[pk] > NOTICEABLE), key=lambda pk: -moved[pk])[:EVENTS])

    def _write(self, events: Sequence[Event], position: Position) -> None:
        self._read_again(sorted({*_touched(events), *_superseded(events)}))
        self._writer.commit(position)
        self.position = position

    def _read_again(self, touched: Sequence[int]) -> None:
        for start in range(0, len(touched), BATCH):
            ids = touched[start : start + BATCH]
            found = list(entries(ids))
            self._writer.put(found)
            self._writer.remove(sorted(set(ids) - {entry.id for entry in found}))


def _touched(events: Iterable[Event]) -> Iterable[int]:
    """The items that events are about; one about many names them in `items`."""
    for event in events:
        if event.item is not None:
            yield event.item
        yield from event.particulars.get("items", ())


def _superseded(events: Iterable[Event]) -> Iterable[int]:
    """The items that others take the place of, and these have come into sight or gone out of it; a change of rights
    names no item, and may concern whatever stands in another space than what took its place."""
    telling = [event for event in events if event.meaning.changes_sight]
    if not telling:
        return []
    seen_otherwise = Q(source__in={event.item for event in telling if event.item is not None})
    if any(event.item is None for event in telling):
        seen_otherwise |= ~Q(source__space=F("target__space"))
    links = Link.objects.filter(seen_otherwise, type=Type.SUPERSEDES, target__isnull=False)
    return links.order_by().values_list("target", flat=True)


def rebuild(shelf: Shelf, step: Callable[[int], None] = lambda done: None) -> int:
    """A new index beside the one that serves, from the tables alone; then it takes its place."""
    position = following.settled()
    ids = list(Item.objects.filter(state__in=READABLE).order_by("pk").values_list("pk", flat=True))
    with shelf.rebuilding() as writer:
        for start in range(0, len(ids), BATCH):
            writer.add(entries(ids[start : start + BATCH]))
            step(len(ids[start : start + BATCH]))
        writer.commit(position)
    return len(ids)


def usable(shelf: Shelf) -> bool:
    """Whether the index can be brought up to date by reading on: it exists, and is not ahead of this journal."""
    snapshot = shelf.snapshot()
    return snapshot is not None and snapshot[1] <= tuple(following.end())


def bring_up_to_date(shelf: Shelf, patience: float = 10.0) -> None:
    """For whoever searches from the command line: read what there is to read, or wait for the indexer to do so; for
    one that builds the first index, as long as it takes."""
    target = following.settled()
    until = time.monotonic() + patience
    while True:
        try:
            if not usable(shelf):
                rebuild(shelf)
            with shelf.writing() as writer:
                Follower(shelf, writer, shelf.current()).catch_up()
                return
        except Busy:
            snapshot = shelf.snapshot() if usable(shelf) else None
            if snapshot and (snapshot[1] >= tuple(target) or time.monotonic() > until):
                return
            time.sleep(0.05 if snapshot else PAUSE)


def run(shelf: Shelf, stopping: Callable[[], bool] = lambda: False) -> None:
    """Follow until told to stop; the database may come and go."""
    while not stopping():
        try:
            _follow(shelf, stopping)
        except (OperationalError, InterfaceError, psycopg.Error) as error:
            log.warning("The database does not answer: %s", str(error).strip())
            connection.close()
            time.sleep(PAUSE)


def _follow(shelf: Shelf, stopping: Callable[[], bool]) -> None:
    if not usable(shelf):
        log.info("Building the index from the tables")
        rebuild(shelf)
    with following.news() as news, shelf.writing() as writer:
        follower = Follower(shelf, writer, shelf.current())
        aligned = time.monotonic()
        while follower.is_current and not stopping():
            follower.catch_up(patient=True)
            pause = SOON if follower.unsettled else PAUSE if follower.is_aligned else 0.0
            if news.wait(pause):
                continue
            if not follower.is_aligned or time.monotonic() - aligned > ALIGN_EVERY:
                follower.align()
                aligned = time.monotonic()
