"""What a dead worker has left is done again, whatever waits meanwhile; and what has served its time goes."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.usersessions.models import UserSession
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.kit.clock import now
from palabre.links.tasks import recompute_authority, visit_outside
from palabre.people.sessions import Session
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


def test_sessions_that_have_expired_go_with_what_was_known_of_their_browsers(world):
    def signed_in() -> str:
        client = Client()
        client.force_login(world.awa)
        client.get("/")
        return str(client.cookies["sessionid"].value)

    expired, present = signed_in(), signed_in()
    for key in (expired, present):
        UserSession.objects.get_or_create(session_key=key, defaults={"user": world.awa, "ip": "192.0.2.1"})
    Session.objects.filter(session_key=expired).update(expire_date=now() - timedelta(minutes=1))
    delete_old_sessions(timestamp=0)
    assert list(Session.objects.values_list("session_key", flat=True)) == [present]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [present]
