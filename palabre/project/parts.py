"""What each part of a running Palabre does, in a process of its own: web, live, worker, index, mail where it is set.

A part of `palabre serve` is forked from the nursery and ends with it, and leaves database and tables to the supervisor;
started alone on a node, it sees to them itself.
"""

import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from palabre.project.family import die_with
from palabre.project.instance import instance, prepare_django
from palabre.project.memory import give_back_at_once, keep_giving_back

log = logging.getLogger(__name__)

SUPERVISOR = "PALABRE_SUPERVISOR"  # the process number of who started this one: the supervisor, or its nursery

WEB_THREADS = 32  # for each worker
UNTROUBLED = 0.05  # seconds for which a page is drawn before another one may interrupt it
LIVE_CONNECTIONS = 3
OPEN_PAGES = 20_000  # at once; the embedded server lets in 128 unless told otherwise, and whoever comes after waits
WAITING = 1024  # to be let in
WORKER_JOBS = 4  # at once
PATIENT, PROMPT = 10, 5  # what is added to the niceness of processes that no reader waits for
STOP_TIMEOUT = 5  # seconds for what is under way, when asked to stop


def end_with_supervisor() -> bool:
    """Whether a supervisor started this process, which then ends with it."""
    if parent := os.environ.get(SUPERVISOR):
        die_with(int(parent))
    return bool(parent)


def load() -> None:
    """The rooms: what every part needs, so that those forked from here share it."""
    prepare_django()
    from django.conf import settings
    from django.utils import translation

    from palabre.project import live, wsgi  # noqa: F401
    from palabre.search import follower, house  # noqa: F401

    for language, _name in settings.LANGUAGES:
        translation.activate(language)  # which loads its catalogue
    translation.deactivate()


def load_pages() -> None:
    """What else the pages would load at a first request, in each worker."""
    from django.urls import get_resolver

    from palabre.authoring.language import guess
    from palabre.kit import mapped

    get_resolver().url_patterns  # noqa: B018 - imports every view
    guess("whatever is written here makes the model load")
    mapped.let_go()


@contextmanager
def part(connections_at_most: int = 0, *, awaited: bool = False) -> Iterator[None]:
    """What a part needs around it; its threads share so many connections to the database, or each has its own.

    Of a part that people wait for, no statement takes longer than they may be asked to.
    """
    if end_with_supervisor():
        prepare_django()
        _set_up_connections(connections_at_most, awaited)
        yield
    else:
        with instance():
            _set_up_connections(connections_at_most, awaited)
            yield


def _set_up_connections(at_most: int, awaited: bool) -> None:
    from django.conf import settings
    from django.db import DEFAULT_DB_ALIAS, connections
    from django.db.backends.signals import connection_created

    from palabre.project.database import be_patient, limits, pool

    connections.close_all()
    options = connections.settings[DEFAULT_DB_ALIAS]["OPTIONS"]
    if at_most:
        options["pool"] = pool(at_most)
    if awaited and settings.PALABRE_STATEMENT_TIMEOUT:
        # What DATABASE_URL says comes after, and holds.
        options["options"] = f"{limits(settings.PALABRE_STATEMENT_TIMEOUT)} {options.get('options', '')}".strip()
    if (niceness := os.nice(0)) > 0 and "DATABASE_URL" not in os.environ:

        def follow(connection: Any, **_told: Any) -> None:
            be_patient(connection.connection, niceness)

        connection_created.connect(follow, weak=False)


def serve_web() -> None:
    """The pages: synchronous, in workers forked from one that has loaded everything, so that they share its memory."""
    prepare_django()
    from django.conf import settings

    with part(settings.PALABRE_CONNECTIONS, awaited=True):
        from django.db import connections
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels

        from palabre.project.wsgi import application

        load_pages()
        connections.close_all()  # nothing of the database may cross the fork
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)  # a page leaves little to collect; costs 5 MB a worker
        main = os.getpid()

        def load(_target: str) -> Any:
            die_with(main)
            keep_giving_back()
            sys.setswitchinterval(UNTROUBLED)
            return application

        Granian(
            "palabre",
            address=settings.HOST,
            port=int(settings.PORT),
            interface=Interfaces.WSGI,
            log_level=LogLevels.error,
            workers=settings.PALABRE_WORKERS,
            blocking_threads=WEB_THREADS,
            respawn_failed_workers=True,
            respawn_interval=0.1,
            workers_kill_timeout=STOP_TIMEOUT,
            websockets=False,
        ).serve(target_loader=load)


def serve_live() -> None:
    """Large files and open connections: asynchronous, and in this very process, since one is enough."""
    import asyncio

    with part(LIVE_CONNECTIONS, awaited=True):
        _open_as_many_files_as_allowed()
        keep_giving_back()
        asyncio.run(_serve_until_asked_to_stop())


async def _serve_until_asked_to_stop() -> None:
    """Then open pages are let go, and what passes has a moment to come to its end."""
    import asyncio
    import signal

    from django.conf import settings
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server.embed import Server

    from palabre.kit import live
    from palabre.project.live import application

    server = Server(
        application,
        address=settings.HOST,
        port=settings.LIVE_PORT,
        interface=Interfaces.ASGINL,
        log_level=LogLevels.error,
        websockets=False,
        backlog=WAITING,
        backpressure=OPEN_PAGES,
    )
    asked = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, asked.set)
    serving, stopping = asyncio.create_task(server.serve()), asyncio.create_task(asked.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()
    live.let_go()
    server.stop()
    _, late = await asyncio.wait({serving}, timeout=STOP_TIMEOUT)
    if late:
        log.warning("What is still open after %s seconds is cut", STOP_TIMEOUT)


def _open_as_many_files_as_allowed() -> None:
    """Each open page is a file of this process; what systems allow at first is a thousand or so."""
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def work() -> None:
    """Jobs: what follows from events, mail, recomputations, periodic work; beside them threads follow the journal, for
    inboxes, webhooks and feeds. Pages come first.
    """
    import asyncio
    from threading import Thread

    os.nice(PATIENT)
    with part(WORKER_JOBS):  # without sharing, each job would open a connection of its own
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.utils import connector_params
        from procrastinate.psycopg_connector import PsycopgConnector

        from palabre.feeds import watching
        from palabre.signals import filling
        from palabre.webhooks import following

        async def run() -> None:
            give_back_at_once()
            keep_giving_back()
            async with background.open_async():
                await background.run_worker_async(
                    concurrency=WORKER_JOBS,
                    fetch_job_polling_interval=1,
                    listen_notify=False,  # it would be woken by every save, for jobs that wait to be joined by others
                    shutdown_graceful_timeout=STOP_TIMEOUT,
                    delete_jobs="successful",
                )

        # What they were about to write when the process ends they write next time.
        for name, follow in (("inboxes", filling.run), ("webhooks", following.run), ("feeds", watching.run)):
            Thread(target=follow, name=name, daemon=True).start()
        background = app.with_connector(PsycopgConnector(kwargs=connector_params(), min_size=1))
        asyncio.run(run())


def index() -> None:
    """The search index of this node: follows the journal. Pages come first, but a change is soon looked for."""
    import signal
    import threading

    os.nice(PROMPT)
    with part():
        from palabre.search import follower, house

        give_back_at_once()
        keep_giving_back()
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        follower.run(house.shelf(), stopped.is_set)


def take_mail() -> None:
    """Answers by mail: brought by the mail server in front, fetched from a mailbox, or both. Pages come first."""
    import asyncio
    import signal
    from threading import Event, Thread

    os.nice(PATIENT)
    with part():
        from django.conf import settings

        from palabre.mail.answers import lmtp, mailbox

        keep_giving_back()
        stopped = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        # What it was about to fetch when the process ends is there the next time.
        if settings.PALABRE_IMAP_HOST:
            Thread(target=mailbox.run, args=[stopped], name="mailbox", daemon=True).start()
        if settings.PALABRE_LMTP:
            asyncio.run(lmtp.serve(settings.PALABRE_LMTP, stopped))
        else:
            stopped.wait()
