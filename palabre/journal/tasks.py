"""The background job that lets one listener hear one event."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palabre.journal.listening import listener as find
from palabre.journal.models import Event

log = logging.getLogger(__name__)


@app.task(name="journal.hear", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def hear(event: int, listener: str) -> None:
    """Calls the listener with the event; both are looked up now, for time has passed."""
    hears = find(listener)
    if hears is None:
        log.warning("event %s: the listener %s is gone", event, listener)
        return
    hears(Event.objects.get(pk=event))
