"""Recording: an event row in the transaction of the change, and the jobs in which listeners hear of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

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
    """Appends events with one insert and enqueues what their listeners need with another, if they need any."""
    written = Event.objects.bulk_create(events)
    if jobs := list(_jobs(written)):
        assert connection.in_atomic_block, "an event is recorded in the transaction of its change"
        app.job_manager.batch_defer_jobs(jobs)
    return written


def _jobs(written: list[Event]) -> Iterator[Job]:
    """One job for all who hear together, one for each event and each of the others."""
    from palabre.journal.tasks import PATIENCE, hear

    happened = {each.verb for each in written}
    told = {verb for verb in happened if interested([verb], together=True)}
    alone = {verb: interested([verb], together=False) for verb in happened}
    heard: list[Any] = [each.pk for each in written if each.verb in told]
    if heard:
        yield hear.configure(schedule_in={"seconds": PATIENCE}).make_new_job(events=heard)
    for each in written:
        for listener in alone[each.verb]:
            yield hear.configure().make_new_job(events=[each.pk], listener=listener.name)


def _key(thing: Any) -> int | None:
    return thing if thing is None or isinstance(thing, int) else thing.pk
