"""Filling inboxes: the journal is read in its order, and what concerns somebody becomes a signal of theirs.

One place in the log is kept for the house and moves in the transaction that writes what was read up to there. So a
signal is written exactly once, whatever dies when; and whoever saves waits for none of it.
"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from palabre.items.models import Item
from palabre.journal import following
from palabre.journal.concerning import concerned
from palabre.journal.following import Position
from palabre.journal.models import Event
from palabre.signals import automatic, hearing, news
from palabre.signals.models import Entry, Place
from palabre.spaces.models import Space
from palabre.spaces.readership import readers

log = logging.getLogger(__name__)

EVENTS = 500  # read in one transaction, at most
PEOPLE = 5_000  # told in one statement, at most
PAUSE = 1.0  # seconds between two looks into the journal


def catch_up() -> int:
    """Reads all that has settled; returns how many events that was. Who comes while another reads leaves it to them."""
    read = 0
    while events := _some():
        read += events
    return read


@transaction.atomic
def _some() -> int:
    place = Place.objects.select_for_update(skip_locked=True).first()
    if place is None:
        return 0
    events = following.follow(Position(place.xid, place.event), EVENTS)
    if not events:
        return 0
    tell(events)
    news.inboxes_changed()
    place.xid, place.event = events[-1].xid, events[-1].pk
    place.save()
    return len(events)


def tell(events: Sequence[Event]) -> None:
    """Writes the signals of these events, in the caller's transaction; those written already stay as they are."""
    telling = [event for event in events if event.meaning.concerns and not event.particulars.get("silent")]
    if not telling:
        return
    _follow_moves(telling)
    items = Item.objects.filter(pk__in={event.item for event in telling if event.item})
    known = {item.pk: item for item in items.select_related("space").defer("body", "html", "outline")}
    spaces = Space.objects.in_bulk({event.space for event in telling if event.space and not event.item})
    roles = concerned(telling)
    for event in telling:
        item = known.get(event.item or 0)
        space = item.space if item else spaces.get(event.space or 0)
        if space is None or (item is not None and not item.is_readable):
            continue
        told = _allowed(space, hearing.of(event, item, roles[event.pk]), event)
        automatic.follow(event, told)
        _write(event, item, space, told)


def _follow_moves(events: Sequence[Event]) -> None:
    """Entries stand in the space of their items, wherever these were moved."""
    moved = {event.item for event in events if event.item and event.meaning.changes_sight}
    away = Entry.objects.filter(item__in=moved).exclude(space=F("item__space"))
    for pk, space in sorted(away.values_list("item", "item__space").distinct()):
        Entry.objects.filter(item=pk).update(space=space)


def _allowed(space: Space, heard: dict[int, hearing.Reason], event: Event) -> dict[int, hearing.Reason]:
    """Those who may read it now; nobody is told what they did themselves."""
    may = set(readers(space).filter(pk__among=list(heard.keys() - {event.by})).order_by().values_list("pk", flat=True))
    return {person: reason for person, reason in heard.items() if person in may}


def _write(event: Event, item: Item | None, space: Space, told: dict[int, hearing.Reason]) -> None:
    people = sorted(told)
    for start in range(0, len(people), PEOPLE):
        some = people[start : start + PEOPLE]
        reasons = [told[person] for person in some]
        values: dict[str, Any] = {
            "people": some,
            "reasons": [reason.name for reason in reasons],
            "follows": [reason.follow for reason in reasons],
            "loud": [reason.loud for reason in reasons],
            "event": event.pk,
            "verb": event.verb,
            "by": event.by,
            "at": event.at,
            "item": item.pk if item else None,
            "space": space.pk,
            "addressed": [reason.addressed for reason in reasons],
        }
        with connection.cursor() as cursor:
            cursor.execute(_FILL.format(conflict=_OF_ITEM if item else _OF_SPACE), values)


_OF_ITEM = "(person_id, item_id) WHERE item_id IS NOT NULL"
_OF_SPACE = "(person_id, space_id) WHERE item_id IS NULL"
# An entry that was put off stays away, unless somebody is addressed. Rows are written in the order of people, by
# everybody, so that two never wait for each other.
_FILL = """
WITH told AS (
    SELECT * FROM unnest(
        %(people)s::bigint[], %(reasons)s::text[], %(follows)s::bigint[], %(loud)s::bool[], %(addressed)s::bool[]
    ) AS each (person, reason, follow, loud, addressed)
), fresh AS (
    INSERT INTO signals_signal (person_id, event, item_id, space_id, verb, by_id, at, reason, follow_id, loud)
    SELECT person, %(event)s, %(item)s::bigint, %(space)s, %(verb)s, %(by)s::bigint, %(at)s, reason, follow, loud
    FROM told ORDER BY person
    ON CONFLICT DO NOTHING RETURNING person_id
)
INSERT INTO signals_entry AS entry (person_id, item_id, space_id, event, at, unread, loud, seen)
SELECT person, %(item)s::bigint, %(space)s, %(event)s, %(at)s, true, loud, 0
FROM told JOIN fresh ON fresh.person_id = person ORDER BY person
ON CONFLICT {conflict} DO UPDATE SET
    event = greatest(entry.event, excluded.event),
    space_id = excluded.space_id,
    at = CASE WHEN entry.at > now() AND entry.done_at IS NULL AND NOT (
        SELECT addressed FROM told WHERE person = entry.person_id
    ) THEN entry.at ELSE greatest(excluded.at, least(entry.at, now())) END,
    loud = excluded.loud OR (entry.unread AND entry.loud AND entry.done_at IS NULL),
    unread = entry.unread OR excluded.event > entry.seen,
    done_at = CASE WHEN excluded.event > entry.seen THEN NULL ELSE entry.done_at END
"""


def run(stopping: Callable[[], bool] = lambda: False) -> None:
    """Follows the journal until told to stop; the database may come and go.

    It looks each second and is not woken: a connection that only listens would cost more memory than the looking.
    """
    begun = False
    while not stopping():
        try:
            if not begun:
                Place.objects.get_or_create(pk=1, defaults=_here())
                begun = True
            catch_up()
        except (OperationalError, InterfaceError, psycopg.Error) as error:
            log.warning("The database does not answer: %s", str(error).strip())
        finally:
            connection.close()  # back to the pool of those who do jobs
        time.sleep(PAUSE)


def _here() -> dict[str, int]:
    """Whoever starts to listen hears of what happens from now on."""
    here = following.settled()
    return {"xid": here.xid, "event": here.id}
