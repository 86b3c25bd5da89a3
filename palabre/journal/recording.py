"""Recording: an event row in the transaction of the change, and a job for each listener it interests."""

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
    """Appends events with one insert and enqueues their listeners with another."""
    written = Event.objects.bulk_create(events)
    jobs: list[JSONDict] = [
        {"event": each.pk, "listener": listener} for each in written for listener in interested(each.meaning)
    ]
    if jobs:
        from palabre.journal.tasks import hear

        assert connection.in_atomic_block, "an event is recorded in the transaction of its change"
        hear.batch_defer(*jobs)
    return written


def _key(thing: Any) -> int | None:
    return thing if thing is None or isinstance(thing, int) else thing.pk
