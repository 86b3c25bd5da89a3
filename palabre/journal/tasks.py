"""The background job in which listeners hear events."""

import logging
from itertools import islice
from typing import Any

from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from palabre.journal.listening import Listener, find, interested
from palabre.journal.models import Event
from palabre.journal.waiting import take_along

log = logging.getLogger(__name__)

NAME = "journal.hear"
PATIENCE = 2  # seconds in which events that are heard together become one job
AT_ONCE = 1000  # events that a listener is told of in one go
AGAIN_IN = 3  # seconds, for one that failed
BULK = 100  # events written at once, as by an import, whose jobs come after those of what people do one by one
BULK_PRIORITY = -1


@app.task(name=NAME, pass_context=True, retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def hear(context: JobContext, events: list[Any], listener: str = "") -> None:
    """Tells one listener, or all who hear together, of these events; all is looked up now, for time has passed.

    Who hears together also hears what other such jobs waited to tell. One who fails stops no other: it hears the same
    events again, in a job of its own.
    """
    if listener:
        if found := find(listener):
            _tell(found, events)
        else:
            log.warning("events %s: the listener %s is gone", events, listener)
        return
    waiting = iter(sorted({*events, *take_along(context.job.id or 0, NAME, "events")}))
    while batch := list(islice(waiting, AT_ONCE)):
        happened = set(Event.objects.filter(pk__in=batch).values_list("verb", flat=True))
        for each in interested(happened, together=True):
            try:
                with transaction.atomic():
                    _tell(each, batch)
            except Exception:
                log.exception("%s failed; it will hear these %s events again", each.name, len(batch))
                again = hear.configure(schedule_in={"seconds": AGAIN_IN}, priority=context.job.priority)
                again.defer(events=batch, listener=each.name)


def _tell(listener: Listener, events: list[Any]) -> None:
    found = list(Event.objects.filter(pk__in=events, verb__in=listener.verbs).order_by("pk"))
    if listener.together:
        listener.hears(found)
    else:
        for event in found:
            listener.hears(event)
