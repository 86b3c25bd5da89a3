"""Mail in tests: a house that has a mail server, whose messages are kept, and a working morning."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail

from palabre.journal.models import Event
from palabre.mail import tasks
from palabre.signals import carrying, filling
from palabre.signals.models import Signal

MORNING = datetime(2026, 11, 25, 10, 42, tzinfo=UTC)
CONTEXT = SimpleNamespace(job=SimpleNamespace(attempts=0))


@pytest.fixture(autouse=True)
def house(settings, monkeypatch):
    settings.EMAIL_HOST = "mail.example"
    settings.ADDRESS = "https://palabre.example"
    settings.COMPANY = "Teranga"
    settings.DEFAULT_FROM_EMAIL = "palabre@palabre.example"
    monkeypatch.setattr(carrying, "now", lambda: MORNING)
    monkeypatch.setattr(tasks, "now", lambda: MORNING)


@pytest.fixture
def tell(world):
    """`tell()` tells of what has happened since the last time, as of some minutes ago, and decides how it goes out."""
    told = set(Event.objects.values_list("pk", flat=True))

    def tell():
        events = list(Event.objects.exclude(pk__in=told).order_by("pk"))
        filling.tell(events)
        told.update(event.pk for event in events)
        earlier = MORNING - timedelta(minutes=5)
        Signal.objects.filter(carried="", held="").update(at=earlier)
        Signal.objects.filter(carried="", held="", due_at__isnull=False).update(due_at=earlier)
        carrying.carry()

    return tell


@pytest.fixture
def deliver():
    """`deliver()` does the jobs of mail that wait, and gives the messages."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    def deliver():
        mail.outbox.clear()
        for pk, name, arguments in waiting().exclude(pk__in=done):
            {"mail.letter": tasks.letter, "mail.digest": tasks.digest}[name].func(CONTEXT, **arguments)
            done.add(pk)
        return list(mail.outbox)

    def waiting():
        jobs = ProcrastinateJob.objects.filter(task_name__in=["mail.letter", "mail.digest"])
        return jobs.order_by("pk").values_list("pk", "task_name", "args")

    done: set[int] = set()
    return deliver
