"""Following: reading the log in the order in which it settled, from a position one keeps oneself."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import psycopg
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from palabre.journal.models import Event

CHANNEL = "journal"
GATHERING = 0.3  # seconds in which events become one piece of news
STREAMING = 0.8  # the same, while there were more than `FEW` in the piece before
FEW = 3
SETTLED = RawSQL("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint", ())


class Position(NamedTuple):
    """A place in the log: everything up to and including this (transaction, event) has been read."""

    xid: int = 0
    id: int = 0

    @property
    def named(self) -> str:
        """As a page keeps it."""
        return f"{self.xid}-{self.id}"

    @classmethod
    def read(cls, said: str) -> "Position | None":
        """The place that a page names; None for what names none."""
        with suppress(ValueError):
            xid, number = (int(part) for part in said.split("-"))
            return cls(xid, number)
        return None


START = Position()


def follow(after: Position = START, limit: int = 1000) -> list[Event]:
    """The next settled events after a position, oldest first, at most `limit`.

    Settled: no transaction that is still running can add an event before them.
    """
    return list(since(after).filter(xid__lt=SETTLED).order_by("xid", "id")[:limit])


def since(after: Position) -> QuerySet[Event]:
    """What has been committed past a position, settled or not: what a follower may not have read yet."""
    return Event.objects.extra(  # row comparison: uses the index as one range
        where=["(xid, id) > (%s, %s)"], params=[after.xid, after.id]
    )


def settled() -> Position:
    """The position before which nothing can be added any more."""
    last = Event.objects.filter(xid__lt=SETTLED).order_by("-xid", "-id").values_list("xid", "id").first()
    return Position(*last) if last else START


def end() -> Position:
    """The position of the last event written, settled or not."""
    last = Event.objects.order_by("-xid", "-id").values_list("xid", "id").first()
    return Position(*last) if last else Position()


def parameters() -> dict[str, Any]:
    """What a connection of one's own is opened with, outside of the pool, to listen on it."""
    known = connection.get_connection_params()
    return {name: known[name] for name in known.keys() - {"pool", "cursor_factory", "context"}}


@contextmanager
def news() -> Iterator["News"]:
    """A connection of its own that hears when something is appended."""
    with psycopg.connect(**parameters(), autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        yield News(listening)


class News:
    """Waits for appended events; several that come together are one piece of news."""

    def __init__(self, listening: psycopg.Connection) -> None:
        self._listening = listening
        self._last = 0

    def wait(self, seconds: float) -> bool:
        """True once something was appended, False after `seconds` without.

        Whoever reads on does so once for all that comes within a moment: while many save, that spares what they need.
        """
        heard = len(list(self._listening.notifies(timeout=seconds, stop_after=1)))
        if heard:
            time.sleep(STREAMING if self._last > FEW else GATHERING)
            heard += len(list(self._listening.notifies(timeout=0)))
        self._last = heard
        return heard > 0
