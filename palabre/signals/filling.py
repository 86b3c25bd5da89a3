"""Filling inboxes: the journal is read in its order, and what concerns somebody becomes a signal of theirs.

One place in the log is kept for the house and moves in the transaction that writes what was read up to there. So a
signal is written exactly once, whatever dies when; and whoever saves waits for none of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from palabre.items.models import Item
from palabre.journal.concerning import Role, concerned
from palabre.journal.models import Event
from palabre.journal.places import keep_reading
from palabre.people.roles import administrators
from palabre.signals import automatic, carrying, hearing, news
from palabre.signals.automatic import Thing
from palabre.signals.hearing import Heard, Reason
from palabre.signals.models import SAID_TO_THEM, Entry, Place
from palabre.spaces.models import Space
from palabre.spaces.readership import knowing, reading

HUSHED = {"silent", "slight"}  # what says of an event that it is no news: an import brought it, it changed no meaning
SIGNALS = 20_000  # written in one transaction before the next begins
ROWS = 5_000  # of them in one statement, at most


def catch_up() -> int:
    """Reads all that has settled; returns how many events that was."""
    return Place.read_on(_tell_and_say)


def _tell_and_say(events: Sequence[Event]) -> int:
    told = _tell_some(events)
    news.inboxes_filled()
    return told


def tell(events: Sequence[Event]) -> None:
    """Writes the signals of these events, in the caller's transaction; those written already stay as they are."""
    while events:
        events = events[_tell_some(events) :]


def _tell_some(events: Sequence[Event]) -> int:
    """The same for the first of them; returns how many that was. What reaches a crowd goes in parts, so that whoever
    comes meanwhile is told soon, and no transaction holds up those who follow the journal."""
    automatic.join(events)
    automatic.go_on(events)
    telling = [event for event in events if event.meaning.concerns and not HUSHED & event.particulars.keys()]
    if not telling:
        return len(events)
    _follow_moves(telling)
    items = Item.objects.filter(pk__in={event.item for event in telling if event.item})
    known = {item.pk: item for item in items.select_related("space").defer("body", "html", "outline")}
    spaces = Space.objects.named().in_bulk({event.space for event in telling if event.space and not event.item})
    roles = concerned(telling)
    written = 0
    for some in _apart([event for event in telling if _can_be_told(event, known, spaces)], roles):
        here = {event.item: known[event.item] for event in some if event.item}
        places = {event.pk: here[event.item].space if event.item else spaces.get(event.space or 0) for event in some}
        while some:
            if written >= SIGNALS:
                return events.index(some[0])
            heard = hearing.of(some, here, roles)
            told = list(_allowed(heard, places))
            automatic.follow((event, reasons) for event, reasons in told if _is_followed(places[event.pk]))
            written += _write(told, places)
            some = some[len(heard) :]
    return len(events)


def _can_be_told(event: Event, items: Mapping[int, Item], spaces: Mapping[int, Space]) -> bool:
    if event.item:
        return event.item in items and items[event.item].is_readable
    return event.space is None or event.space in spaces


def _is_followed(place: Space | None) -> bool:
    """Whether one comes to follow what stands there by what one does: who takes part in a conversation need not."""
    return place is None or not place.nameless


def _apart(events: Sequence[Event], roles: Mapping[int, Mapping[int, Role]]) -> Iterator[list[Event]]:
    """Events in their order, in groups of which none brings a follow for which another is heard."""
    some: list[Event] = []
    followed: set[Thing] = set()
    for event in events:
        if followed & {("item", event.item), ("space", event.space)}:
            yield some
            some, followed = [], set()
        some.append(event)
        followed |= automatic.brings(event, roles[event.pk])
    yield some


def _follow_moves(events: Sequence[Event]) -> None:
    """Entries stand in the space of their items, wherever these were moved."""
    moved = {event.item for event in events if event.item and event.meaning.changes_sight}
    away = Entry.objects.filter(item__in=moved).exclude(space=F("item__space"))
    for pk, space in sorted(away.values_list("item", "item__space").distinct()):
        Entry.objects.filter(item=pk).update(space=space)


def _allowed(heard: Iterable[Heard], places: Mapping[int, Space | None]) -> Iterator[Heard]:
    """Those who may read it now; nobody is told what they did themselves. What stands nowhere is for who runs the
    house, and for whom it is about."""
    heard = list(heard)
    asked: dict[Space, set[int]] = defaultdict(set)
    of_house: set[int] = set()
    for event, reasons in heard:
        place = places[event.pk]
        (asked[place] if place else of_house).update(reasons.keys() - {event.by})
    may, about, run_it = reading(asked), _about(heard, places), administrators(of_house)
    for event, reasons in heard:
        place = places[event.pk]
        readers = {pk for pk in reasons if (place.pk, pk) in may} if place else run_it | _said_to(reasons)
        able = {pk for pk in reasons if pk in readers or (event.pk, pk) in about}
        yield event, {pk: reason for pk, reason in reasons.items() if pk != event.by and pk in able}


def _said_to(reasons: Mapping[int, Reason]) -> set[int]:
    return {pk for pk, reason in reasons.items() if reason.name == SAID_TO_THEM}


def _about(heard: Iterable[Heard], places: Mapping[int, Space | None]) -> set[tuple[int, int]]:
    """Whom an event of a space is about, where they may know of that space: whoever was refused hears the answer."""
    asked: dict[Space, set[int]] = defaultdict(set)
    named = []
    for event, reasons in heard:
        place = places[event.pk]
        if place and not event.item and event.person in reasons:
            asked[place].add(event.person or 0)
            named.append((event.pk, place.pk, event.person or 0))
    known = knowing(asked)
    return {(event, person) for event, place, person in named if (place, person) in known}


def _write(told: Iterable[Heard], places: Mapping[int, Space | None]) -> int:
    """Writes these; returns how many signals that was."""
    written = 0
    of_items: list[Heard] = []
    of_spaces: list[Heard] = []
    of_house: list[Heard] = []
    for event, reasons in told:
        of = of_items if event.item else of_spaces if places[event.pk] else of_house
        of.append((event, reasons))
    for some, conflict in ((of_items, _OF_ITEM), (of_spaces, _OF_SPACE), (of_house, _OF_HOUSE)):
        events = [event for event, _reasons in some]
        happened: dict[str, Any] = {
            "id": [event.pk for event in events],
            "item": [event.item for event in events],
            "space": [place.pk if (place := places[event.pk]) else None for event in events],
            "verb": [event.verb for event in events],
            "by": [event.by for event in events],
            "at": [event.at for event in events],
            "patience": carrying.PATIENCE,
        }
        rows = ((person, event.pk, reason) for event, reasons in some for person, reason in reasons.items())
        while chunk := list(islice(rows, ROWS)):
            with connection.cursor() as cursor:
                cursor.execute(_FILL.format(conflict=conflict), happened | _columns(chunk))
            written += len(chunk)
    return written


def _columns(rows: Sequence[tuple[int, int, Reason]]) -> dict[str, list[Any]]:
    """(person, event, reason) as columns. How something is heard is said once for the many who hear it so."""
    ways: dict[tuple[str, bool, bool], int] = {}
    way = [ways.setdefault((each.name, each.loud, each.addressed), len(ways)) for _, _, each in rows]
    reason, loud, addressed = zip(*ways, strict=True)
    return {
        "person": [person for person, _event, _reason in rows],
        "event": [event for _person, event, _reason in rows],
        "follow": [each.follow for _, _, each in rows],
        "way": way,
        "number": list(ways.values()),
        "reason": list(reason),
        "loud": list(loud),
        "addressed": list(addressed),
    }


_OF_ITEM = "(item_id, person_id) WHERE item_id IS NOT NULL"
_OF_SPACE = "(person_id, space_id) WHERE item_id IS NULL"
_OF_HOUSE = "(person_id) WHERE item_id IS NULL AND space_id IS NULL"
# An entry that was put off stays away, unless somebody is addressed. Rows are written in the order of people, by
# everybody, so that two never wait for each other.
_FILL = """
WITH happened AS (
    SELECT * FROM unnest(
        %(id)s::bigint[], %(item)s::bigint[], %(space)s::bigint[], %(verb)s::text[], %(by)s::bigint[],
        %(at)s::timestamptz[]
    ) AS each (event, item, space, verb, by_id, at)
), way AS (
    SELECT * FROM unnest(%(number)s::bigint[], %(reason)s::text[], %(loud)s::bool[], %(addressed)s::bool[])
        AS each (way, reason, loud, addressed)
), fresh AS (
    INSERT INTO signals_signal (
        person_id, event, item_id, space_id, verb, by_id, at, reason, follow_id, loud, addressed, due_at
    )
    SELECT person, event, item, space, verb, by_id, at, reason, follow, loud, addressed,
        CASE WHEN loud OR addressed THEN now() + %(patience)s END
    FROM unnest(%(person)s::bigint[], %(event)s::bigint[], %(way)s::bigint[], %(follow)s::bigint[])
        AS told (person, event, way, follow)
    JOIN happened USING (event) JOIN way USING (way)
    ORDER BY person, event
    ON CONFLICT DO NOTHING RETURNING person_id, event, item_id, space_id, at, loud, addressed
), news AS (
    SELECT person_id AS person, item_id AS item, space_id AS space, max(event) AS event, max(at) AS at,
        bool_or(loud) AS loud, bool_or(addressed) AS addressed
    FROM fresh GROUP BY person_id, item_id, space_id
)
INSERT INTO signals_entry AS entry (person_id, item_id, space_id, event, at, unread, loud, seen)
SELECT person, item, space, event, at, true, loud, 0 FROM news ORDER BY person, item, space
ON CONFLICT {conflict} DO UPDATE SET
    event = greatest(entry.event, excluded.event),
    space_id = excluded.space_id,
    at = CASE WHEN entry.at > now() AND entry.done_at IS NULL AND NOT (
        SELECT addressed FROM news
        WHERE person = entry.person_id AND item IS NOT DISTINCT FROM entry.item_id
            AND (item IS NOT NULL OR space IS NOT DISTINCT FROM entry.space_id)
    ) THEN entry.at ELSE greatest(excluded.at, least(entry.at, now())) END,
    loud = excluded.loud OR (entry.unread AND entry.loud AND entry.done_at IS NULL),
    unread = entry.unread OR excluded.event > entry.seen,
    done_at = CASE WHEN excluded.event > entry.seen THEN NULL ELSE entry.done_at END
"""


def run(stopping: Callable[[], bool] = lambda: False) -> None:
    """Fills inboxes, and decides what is carried, until told to stop."""
    keep_reading(transaction.atomic(Place.take), _read, stopping)


def _read() -> None:
    catch_up()
    carrying.carry()
