"""Signals in tests: the journal is read by hand, as the worker reads it all the time."""

import pytest

from palabre.journal.models import Event
from palabre.signals import filling
from palabre.signals.models import Signal


@pytest.fixture
def hear(world):
    """`hear()` tells everybody of all that has happened since it was called last."""
    told = set(Event.objects.values_list("pk", flat=True))

    def hear():
        events = list(Event.objects.exclude(pk__in=told).order_by("pk"))
        filling.tell(events)
        told.update(event.pk for event in events)

    return hear


@pytest.fixture
def heard():
    """`heard(person)` is what reached them: pairs of (verb, reason), oldest first."""

    def heard(person):
        return list(Signal.objects.of(person).order_by("event").values_list("verb", "reason"))

    return heard
