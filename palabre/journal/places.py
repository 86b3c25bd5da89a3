"""Places: how far a room has read the journal, kept in the database and moved in the transaction that writes what
follows. So what an event brings about is written exactly once, whatever dies when, and who saves waits for none of it.
"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Self

import psycopg
from django.db import InterfaceError, OperationalError, connection, models, transaction

from palabre.journal import following
from palabre.journal.following import Position
from palabre.journal.models import Event

log = logging.getLogger(__name__)

EVENTS = 500  # read in one transaction, at most
PAUSE = 1.0  # seconds between two looks into the journal


class Place(models.Model):
    """How far the journal has been read: one row of each room that reads it."""

    xid = models.BigIntegerField(default=0)
    event = models.BigIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.xid}:{self.event}"

    @classmethod
    def take(cls) -> Self:
        """The place, locked in the caller's transaction; whoever begins to read hears of what happens from now on."""
        here = following.settled()
        rows: Any = cls._default_manager.select_for_update()
        place: Self = rows.get_or_create(pk=1, defaults={"xid": here.xid, "event": here.id})[0]
        return place

    @classmethod
    def read_on(cls, tell: Callable[[Sequence[Event]], int | None]) -> int:
        """Tells of all that has settled, some events in each transaction; returns how many that was.

        `tell` may say how many of the first of them it has told of, at least one; the others come in the next
        transaction. Who comes while another reads leaves it to them. What settles meanwhile is left for the next look:
        while many write, few large steps cost a tenth of many small ones.
        """
        read, goes_on = 0, True
        while goes_on:
            some, goes_on = cls._some(tell)
            read += some
        return read

    @classmethod
    @transaction.atomic
    def _some(cls, tell: Callable[[Sequence[Event]], int | None]) -> tuple[int, bool]:
        """How many events were told of, and whether more had settled."""
        place = cls._default_manager.select_for_update(skip_locked=True).first()
        if place is None:
            return 0, False
        events = following.follow(Position(place.xid, place.event), EVENTS)
        if not events:
            return 0, False
        told = tell(events) or len(events)
        place.xid, place.event = events[told - 1].xid, events[told - 1].pk
        place.save()
        return told, told < len(events) or len(events) == EVENTS


def keep_reading(begin: Callable[[], Any], read: Callable[[], Any], stopping: Callable[[], bool]) -> None:
    """Begins once and reads each second until told to stop; the database may come and go, and no error ends it.

    It looks and is not woken: a connection that only listens would cost more memory than the looking.
    """
    begun = False
    while not stopping():
        try:
            if not begun:
                begin()
                begun = True
            read()
        except (OperationalError, InterfaceError, psycopg.Error) as error:
            log.warning("The database does not answer: %s", str(error).strip())
        except Exception:
            log.exception("What happened could not be told (%s); it is tried again", read.__module__)
        finally:
            connection.close()  # back to the pool of those who do jobs
        time.sleep(PAUSE)
