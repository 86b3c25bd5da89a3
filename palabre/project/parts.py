"""What each part of a running Palabre does, in a process of its own: web, live, worker, index.

A part started by the supervisor ends with it, and leaves database and tables to it; started alone on a node, it
sees to them itself.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from palabre.project.family import die_with
from palabre.project.instance import instance, prepare_django

SUPERVISOR = "PALABRE_SUPERVISOR"  # the process number of who started this one

WEB_WORKERS = 2
WEB_THREADS = 32  # for each worker
WEB_CONNECTIONS = 5  # to the database, for each worker: more would only queue there
LIVE_CONNECTIONS = 5
WORKER_JOBS = 4  # at once
PATIENT, PROMPT = 10, 5  # what is added to the niceness of processes that no reader waits for
STOP_TIMEOUT = 5  # seconds for what is under way, when asked to stop


def end_with_supervisor() -> bool:
    """Whether a supervisor started this process, which then ends with it."""
    if parent := os.environ.get(SUPERVISOR):
        die_with(int(parent))
    return bool(parent)


@contextmanager
def part() -> Iterator[None]:
    """What a part needs around it."""
    if end_with_supervisor():
        prepare_django()
        yield
    else:
        with instance():
            yield


def serve_web() -> None:
    """The pages: synchronous, in workers forked from one that has loaded everything, so that they share its memory."""
    os.environ["PALABRE_POOL"] = str(WEB_CONNECTIONS)
    with part():
        from granian.constants import Interfaces

        from palabre.project.wsgi import application

        _load_what_workers_share()
        _serve(application, Interfaces.WSGI, _port(), workers=WEB_WORKERS, blocking_threads=WEB_THREADS)


def _load_what_workers_share() -> None:
    """What would be loaded at a first request, in each worker, and be theirs alone."""
    from django.urls import get_resolver

    from palabre.authoring.language import guess

    guess("whatever is written here makes the model load")
    get_resolver().url_patterns  # noqa: B018 - imports every view


def serve_live() -> None:
    """Large files and open connections: asynchronous, in one worker."""
    os.environ["PALABRE_POOL"] = str(LIVE_CONNECTIONS)
    with part():
        from django.conf import settings
        from granian.constants import Interfaces

        from palabre.project.live import application

        _serve(application, Interfaces.ASGINL, settings.LIVE_PORT, workers=1)


def _port() -> int:
    from django.conf import settings

    return int(settings.PORT)


def _serve(application: Any, interface: Any, port: int, **settings: Any) -> None:
    from django.db import connections
    from granian import Granian
    from granian.log import LogLevels

    connections.close_all()  # nothing of the database may cross the fork
    gc.collect()
    gc.freeze()
    main = os.getpid()

    def load(_target: str) -> Any:
        die_with(main)
        return application

    Granian(
        "palabre",
        address=os.environ.get("HOST", "127.0.0.1"),
        port=port,
        interface=interface,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=STOP_TIMEOUT,
        websockets=False,
        **settings,
    ).serve(target_loader=load)


def work() -> None:
    """Jobs: what follows from events, mail, recomputations, periodic work. Pages come first."""
    import asyncio

    os.nice(PATIENT)
    os.environ["PALABRE_POOL"] = str(WORKER_JOBS)  # or each job would open a connection of its own
    with part():
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.utils import connector_params
        from procrastinate.psycopg_connector import PsycopgConnector

        async def run() -> None:
            async with background.open_async():
                await background.run_worker_async(
                    concurrency=WORKER_JOBS,
                    fetch_job_polling_interval=2,
                    shutdown_graceful_timeout=STOP_TIMEOUT,
                    delete_jobs="successful",
                )

        background = app.with_connector(PsycopgConnector(kwargs=connector_params(), min_size=1))
        asyncio.run(run())


def index() -> None:
    """The search index of this node: follows the journal. Pages come first, but a change is soon looked for."""
    import signal
    import threading

    os.nice(PROMPT)
    with part():
        from palabre.search import follower, house

        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        follower.run(house.shelf(), stopped.is_set)
