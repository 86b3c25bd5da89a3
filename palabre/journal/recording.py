"""Recording: an event row in the transaction of the change, and the jobs in which listeners hear of it."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from procrastinate.types import JSONDict

from palabre.journal import verbs
from palabre.journal.listening import interested
from palabre.journal.models import Event


def event(
    verb: str, by: Any = None, *, item: Any = None, space: Any = None, person: Any = None, **particulars: Any
) -> Event:
    """An event not yet written. `by`, `item`, `space`, `person` are objects or primary keys."""
    verbs.get(verb)
    return Event(
        verb=verb,
        by=_key(by),
        item=_key(item),
        space=_key(space),
        person=_key(person),
        particulars=particulars,
    )


def record(
    verb: str, by: Any = None, *, item: Any = None, space: Any = None, person: Any = None, **particulars: Any
) -> Event:
    """Appends an event to the log, in the caller's transaction."""
    return record_many([event(verb, by, item=item, space=space, person=person, **particulars)])[0]


def record_many(events: Iterable[Event]) -> list[Event]:
    """Appends events, and the job of all who hear them together, in one statement; those who hear alone get theirs."""
    from palabre.journal.tasks import BULK, BULK_PRIORITY, PATIENCE, hear

    written = list(events)
    if not written:
        return []
    happened = {each.verb for each in written}
    told = [verb for verb in happened if interested([verb], together=True)]
    alone = {verb: found for verb in happened if (found := interested([verb], together=False))}
    assert connection.in_atomic_block or not (told or alone), "an event is recorded in the transaction of its change"
    priority = hear.priority if len(written) < BULK else BULK_PRIORITY
    columns: dict[str, Any] = {
        name: [getattr(each, name) for each in written] for name in ("verb", "by", "item", "space", "person")
    }
    values = columns | {
        "particulars": [json.dumps(each.particulars) for each in written],
        "told": told,
        "queue": hear.queue,
        "task": hear.name,
        "priority": priority,
        "patience": PATIENCE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, values)
        for each, row in zip(written, sorted(cursor.fetchall()), strict=True):
            each.pk, each.xid, each.at = row
            each._state.adding, each._state.db = False, connection.alias
    if alone:
        jobs: list[JSONDict] = [
            {"events": [each.pk], "listener": listener.name}
            for each in written
            for listener in alone.get(each.verb, ())
        ]
        hear.configure(priority=priority).batch_defer(*jobs)
    return written


# Ids follow the order in which rows are inserted. Procrastinate has a function for the second insert, but it would be
# a statement of its own, which the numbers of the events have to travel to and fro for.
_APPEND = """
WITH written AS (
    INSERT INTO journal_event (verb, "by", item, space, person, particulars)
    SELECT verb, "by", item, space, person, particulars::jsonb FROM unnest(
        %(verb)s::text[], %(by)s::bigint[], %(item)s::bigint[], %(space)s::bigint[], %(person)s::bigint[],
        %(particulars)s::text[]
    ) WITH ORDINALITY AS said (verb, "by", item, space, person, particulars, number)
    ORDER BY number
    RETURNING id, xid, at, verb
), told AS (
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, scheduled_at)
    SELECT %(queue)s, %(task)s, %(priority)s, jsonb_build_object('events', jsonb_agg(id ORDER BY id)),
        now() + make_interval(secs => %(patience)s)
    FROM written WHERE verb = ANY(%(told)s::text[]) HAVING count(*) > 0
)
SELECT id, xid, at FROM written
"""


def _key(thing: Any) -> int | None:
    return thing if thing is None or isinstance(thing, int) else thing.pk
