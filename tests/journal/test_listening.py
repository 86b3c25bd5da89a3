"""Listeners hear every event that was kept, few jobs carry many events, and one that fails stops no other."""

import asyncio

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.journal import listening, verbs
from palabre.journal.listening import listens_to
from palabre.journal.models import Event
from palabre.journal.recording import event, record, record_many
from palabre.journal.tasks import BULK
from palabre.journal.waiting import ask_once
from palabre.project.upkeep import delete_old_sessions

verbs.register(verbs.Verb("rung"), verbs.Verb("tolled"), verbs.Verb("whispered"))
pytestmark = pytest.mark.django_db(transaction=True)

heard: dict[str, list[list[int]]] = {}


@pytest.fixture(autouse=True)
def ears(monkeypatch):
    """Three listeners for as long as a test: two who hear together, the first of whom fails once, and one alone."""
    monkeypatch.setattr(listening, "_listeners", {})
    heard.clear()
    heard.update(deaf=[], together=[], alone=[])

    @listens_to("rung", together=True)
    def deaf(events):
        heard["deaf"].append([each.pk for each in events])
        if len(heard["deaf"]) == 1:
            raise RuntimeError("does not hear well the first time")

    @listens_to("rung", together=True)
    def together(events):
        heard["together"].append([each.pk for each in events])

    @listens_to("tolled")
    def alone(event):
        heard["alone"].append([event.pk])


def work() -> None:
    """A real worker does what waits, as if its time had come, and ends."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")

    async def run() -> None:
        worker = app.with_connector(app.connector.get_worker_connector())
        async with worker.open_async():
            await worker.run_worker_async(wait=False, concurrency=1, listen_notify=False, delete_jobs="successful")

    asyncio.run(run())


def waiting() -> list[dict]:
    jobs = ProcrastinateJob.objects.filter(task_name="journal.hear", status="todo")
    return list(jobs.order_by("pk").values_list("args", flat=True))


def many(verb: str, count: int) -> list[int]:
    with transaction.atomic():
        return [each.pk for each in record_many([event(verb) for _ in range(count)])]


def test_what_somebody_does_is_heard_before_a_bulk_that_came_first():
    with transaction.atomic():
        bulk = [each.pk for each in record_many(event(verb) for verb in ["rung", "tolled"] * BULK)]
    with transaction.atomic():
        ours = [record(verb).pk for verb in ("rung", "tolled")]
    work()
    assert heard["together"] == [[ours[0]], bulk[::2]]
    assert heard["alone"][0] == [ours[1]] and len(heard["alone"]) == BULK + 1


def test_a_transaction_of_many_events_makes_one_job_for_all_who_hear_together():
    events = many("rung", 500)
    assert waiting() == [{"events": events}]


def test_events_are_told_what_the_log_knows_of_them_in_the_order_in_which_they_happened():
    with transaction.atomic():
        written = record_many(
            [event(verb, item=number, n=number) for number, verb in enumerate(["rung", "tolled"] * 50)]
        )
    kept = list(Event.objects.filter(pk__gte=written[0].pk).order_by("pk"))
    assert kept == written
    assert [(each.xid, each.at, each.verb, each.item, each.particulars) for each in kept] == [
        (each.xid, each.at, each.verb, each.item, each.particulars) for each in written
    ]
    assert [each.particulars["n"] for each in kept] == list(range(100))


def test_who_hears_one_by_one_has_a_job_for_each_event():
    first, second = many("tolled", 2)
    work()
    assert sorted(heard["alone"]) == [[first], [second]]


def test_an_event_nobody_cares_for_makes_no_job():
    many("whispered", 3)
    assert waiting() == []


def test_an_event_taken_back_is_never_heard():
    with pytest.raises(RuntimeError), transaction.atomic():
        record("rung")
        raise RuntimeError("the change fails")
    assert waiting() == []


def test_saves_that_came_while_nobody_worked_are_heard_in_one_go():
    events = [many("rung", 1)[0] for _ in range(5)]
    work()
    assert heard["together"] == [events]


def test_one_that_fails_stops_no_other_and_hears_the_same_again():
    events = many("rung", 2) + many("rung", 1)
    work()
    assert heard["together"] == [events]
    [again] = waiting()
    assert again["events"] == events
    work()
    assert heard["deaf"] == [events, events]
    assert heard["together"] == [events]


def test_what_a_job_took_along_is_written_into_it_before_anybody_hears():
    events = many("rung", 1) + many("rung", 1)
    seen = []

    @listens_to("rung", together=True)
    def looks(_events):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT status::text, args ->> 'events' FROM procrastinate_jobs WHERE task_name = 'journal.hear'"
                " AND NOT args ? 'listener'"
            )
            seen.extend(cursor.fetchall())

    work()
    assert seen[0] == ("doing", str(events))


def test_asked_twice_a_thing_waits_once_and_no_error_is_raised():
    with transaction.atomic():
        assert [ask_once(delete_old_sessions, 30) for _ in range(3)] == [True, False, False]
        assert ProcrastinateJob.objects.filter(task_name=delete_old_sessions.name, status="todo").count() == 1
    assert ProcrastinateJob.objects.get().scheduled_at is not None
