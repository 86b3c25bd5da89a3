"""What a dead worker has left is done again, whatever waits meanwhile."""

from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.links.tasks import recompute_authority, visit_outside
from palabre.people.sessions import Session, SessionStore
from palabre.project.upkeep import delete_old_sessions, retry_stalled

pytestmark = pytest.mark.django_db(transaction=True)


def begun_by_one_who_died(job: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') "
            "RETURNING id) UPDATE procrastinate_jobs SET status = 'doing', worker_id = dead.id FROM dead "
            "WHERE procrastinate_jobs.id = %s",
            [job],
        )


def statuses() -> dict[int, str]:
    return dict(ProcrastinateJob.objects.order_by("pk").values_list("pk", "status"))


def test_what_a_dead_worker_left_is_done_again_though_the_like_of_another_waits_already():
    left = []
    for task in (visit_outside, recompute_authority, delete_old_sessions):
        left.append(task.defer(timestamp=0))
        begun_by_one_who_died(left[-1])
    waiting = [visit_outside.defer(timestamp=1), recompute_authority.defer(timestamp=1)]
    async_to_sync(retry_stalled.func)(SimpleNamespace(app=app), timestamp=0)
    assert statuses() == {left[2]: "todo"} | dict.fromkeys(waiting, "todo")


def test_sessions_that_have_expired_are_deleted_and_no_others():
    over, open_still = SessionStore(), SessionStore()
    over.set_expiry(-1)
    for each in (over, open_still):
        each["kept"] = 1
        each.save()
    delete_old_sessions.func(timestamp=0)
    assert [each.session_key for each in Session.objects.all()] == [open_still.session_key]
