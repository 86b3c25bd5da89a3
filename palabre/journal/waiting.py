"""Jobs that wait: many become one, and one is asked for once.

Procrastinate has no word for either that raises no error inside the database, so this speaks to its table; both are
one statement, and safe beside workers that take jobs at the same moment.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from procrastinate.tasks import Task

AT_MOST = 1000  # jobs taken along


def ask_once(task: Task[Any, Any, Any], seconds: int, about: int | None = None, **arguments: Any) -> bool:
    """Has a task done in so many seconds, unless its queueing lock says that it will be already; of a task that is
    `about` one thing, there is a lock for each.
    """
    locks = [lock if lock is None or about is None else f"{lock}.{about}" for lock in (task.lock, task.queueing_lock)]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
            VALUES (%s, %s, %s, %s, %s, %s, now() + make_interval(secs => %s))
            ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
            """,
            [task.queue, task.name, task.priority, *locks, json.dumps(arguments), seconds],
        )
        return bool(cursor.rowcount)


def still_to_hear(task: str, listeners: Iterable[str]) -> set[int]:
    """The items of whose events a job waits to tell one of these listeners, or is telling it; none that failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT event.item
            FROM procrastinate_jobs job, jsonb_array_elements(job.args -> 'events') AS number
            JOIN journal_event event ON event.id = number::bigint
            WHERE job.status IN ('todo', 'doing') AND job.task_name = %s AND job.args ->> 'listener' = ANY(%s)
            """,
            [task, list(listeners)],
        )
        return {item for (item,) in cursor.fetchall()}


def take_along(job: int, task: str, key: str) -> list[Any]:
    """Gives a running job the numbers that others of its task and priority hold under `key`, and nothing else; they are
    gone then.

    What it has taken is written into the job itself, so that it does all of it again should it fail or be killed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH waiting AS (
                SELECT id, args -> %(key)s AS numbers FROM procrastinate_jobs
                WHERE status = 'todo' AND task_name = %(task)s AND args - %(key)s = '{}'
                    AND priority = (SELECT own.priority FROM procrastinate_jobs own WHERE own.id = %(job)s)
                ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
            ), gone AS (
                DELETE FROM procrastinate_jobs USING waiting WHERE procrastinate_jobs.id = waiting.id
            ), taken AS (
                SELECT jsonb_agg(number) AS numbers FROM waiting, jsonb_array_elements(waiting.numbers) AS number
            )
            UPDATE procrastinate_jobs
            SET args = jsonb_build_object(%(key)s::text, (args -> %(key)s) || coalesce(taken.numbers, '[]'))
            FROM taken WHERE id = %(job)s
            RETURNING args -> %(key)s
            """,
            {"job": job, "task": task, "key": key, "most": AT_MOST},
        )
        row = cursor.fetchone()
    numbers: list[Any] = json.loads(row[0]) if row else []
    return numbers
