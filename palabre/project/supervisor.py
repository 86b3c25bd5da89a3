"""`palabre serve`: starts everything, keeps it running, and leaves nothing behind.

The supervisor loads neither Django nor the rooms: it stays small and has little that can fail. While the nursery loads
them it starts the database, then has the instance prepared and each part forked, in a process and a session of its own.
A part that dies is started again, and so is the nursery; all die with the supervisor (`family.die_with`), and the
database when its users are gone (`keeper`).
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

from palabre.project import privacy
from palabre.project.answering import answers
from palabre.project.children import Child, Nursery, Stillborn
from palabre.project.cluster import Cluster
from palabre.project.parts import STOP_TIMEOUT, SUPERVISOR
from palabre.project.ports import claimed
from palabre.project.trouble import Trouble
from palabre.project.whereabouts import Whereabouts, known

FIRST, THEN = ("web", "live"), ("worker", "index")  # who waits for an address waits for the first only
WHERE_SET = {"mail": ("PALABRE_LMTP", "PALABRE_IMAP_HOST")}  # parts that have nothing to do unless one of these is set
READY_TIMEOUT = 60  # seconds
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 10.0  # seconds before a part is started again; doubles while it keeps dying
SETTLED = 10.0  # seconds after which a part that dies is no longer dying at once
WATCH_EVERY = 0.5  # seconds between looks at the database


class Supervisor:
    """One run of all parts."""

    def __init__(self, data: Path, here: Whereabouts, cluster: Cluster | None) -> None:
        self.data, self.here = data, here
        self.host, self.address = here.host, here.address
        self.ports = {"web": here.port, "live": here.live_port}
        self.cluster = cluster
        self.nursery = Nursery()
        self.running: dict[str, Child] = {}
        self.stopping = asyncio.Event()

    async def run(self, empty: bool) -> None:
        """Serves until it is told to stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stopping.set)
        with claimed(self.host, self.ports.values()):
            await self._serve(empty)

    async def _serve(self, empty: bool) -> None:
        await self.nursery.open(self._environment())
        nursing = asyncio.create_task(self._tend("nursery", self._nurse))
        tending: list[asyncio.Task[Any]] = []
        around = ExitStack()
        try:
            if self.cluster:
                if not self.cluster.folder.exists():
                    made = "the database" if empty else "the database and the demo company"
                    say("", f"First start: making {made}, about half a minute…")
                await asyncio.to_thread(self.cluster.start)
            preparing = asyncio.create_task(self._prepare(empty))
            tending.append(preparing)
            told = asyncio.create_task(self.stopping.wait())
            await asyncio.wait([preparing, told], return_when=asyncio.FIRST_COMPLETED)
            if self.stopping.is_set():
                return
            code, words = preparing.result()
            if code:
                sys.stderr.write(words)
                raise SystemExit(1)
            around.enter_context(known(self.data, self.here))
            if self.cluster:
                tending.append(asyncio.create_task(self._tend("database", self._watch_database)))
            tending += [asyncio.create_task(self._tend(name, partial(self._live, name))) for name in FIRST]
            await self._await_ready()
            tending += [asyncio.create_task(self._tend(name, partial(self._live, name))) for name in later()]
            if not self.stopping.is_set():
                say("", f"\n{words}Palabre is ready: {self.address}  (Ctrl-C stops it)")
            await self.stopping.wait()
        finally:
            around.close()
            self.stopping.set()
            self.nursery.lost.set()
            await nursing
            await self._stop(tending)

    @staticmethod
    def _environment() -> dict[str, str]:
        # Of itself the C library keeps memory apart for each thread, which many threads never give back, and numpy
        # has threads, which would not survive a fork and have nothing to do.
        return {"MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"} | os.environ | {SUPERVISOR: str(os.getpid())}

    async def _bear(self, name: str) -> Child:
        child = self.running[name] = await self.nursery.bear(name)
        if self.stopping.is_set():
            child.terminate()  # it was not there yet when all were told
        return child

    async def _prepare(self, empty: bool) -> tuple[int, str]:
        """Has the instance prepared; how that ended, and what was said."""
        try:
            child = await self._bear("empty" if empty else "preparation")
        except Stillborn:
            return 1, ""  # the nursery has said why
        said = "".join([f"{line}\n" async for line in child.lines()])
        return await child.ended, said

    async def _tend(self, name: str, live: Callable[[], Awaitable[None]]) -> None:
        """Has something live, again and again, whatever it dies of."""
        pause = SHORTEST_PAUSE
        while not self.stopping.is_set():
            begun = time.monotonic()
            try:
                await live()
            except Exception as error:
                say(name, f"{type(error).__name__}: {error}; trying again")
            pause = SHORTEST_PAUSE if time.monotonic() - begun > SETTLED else min(pause * 2, LONGEST_PAUSE)
            await self._rest(pause)

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), seconds)

    async def _nurse(self) -> None:
        """Until the nursery is lost; then there is another."""
        await self.nursery.lost.wait()
        if self.stopping.is_set():
            return
        code = await self.nursery.process.wait()
        say("nursery", f"ended ({_cause(code)}); starting it again")
        await self.nursery.open(self._environment())

    async def _live(self, name: str) -> None:
        """The life of a part, whose words are passed on."""
        try:
            child = await self._bear(name)
        except Stillborn:
            return
        try:
            async for line in child.lines():
                say(name, line)
            code = await child.ended
        finally:
            child.kill()
        if not self.stopping.is_set():
            say(name, f"ended ({_cause(code)}); starting it again")

    async def _watch_database(self) -> None:
        """Until the database has ended; then it runs again."""
        cluster = self.cluster
        while cluster and not self.stopping.is_set():
            if cluster.pid is None:
                say("database", "ended; starting it again")
                await asyncio.to_thread(cluster.start)
            await self._rest(WATCH_EVERY)

    async def _await_ready(self) -> None:
        deadline = time.monotonic() + READY_TIMEOUT
        waiting = dict(self.ports)
        while waiting and not self.stopping.is_set():
            for name, port in list(waiting.items()):
                if await asyncio.to_thread(answers, self.host, port):
                    del waiting[name]
            if time.monotonic() > deadline:
                raise Trouble(f"Palabre does not answer after {READY_TIMEOUT} seconds: {', '.join(waiting)}.")
            await asyncio.sleep(0.05)

    async def _stop(self, tending: list[asyncio.Task[Any]]) -> None:
        for child in self.running.values():
            child.terminate()
        if tending:
            _, late = await asyncio.wait(tending, timeout=STOP_TIMEOUT + 2)
            if late:
                for name, child in self.running.items():
                    say(name, "did not end in time, and is killed")
                    child.kill()
                await asyncio.wait(late)
        await self.nursery.close()
        if self.cluster:
            await asyncio.to_thread(self.cluster.leave)


def serve(empty: bool) -> None:
    """Runs until Ctrl-C or SIGTERM."""
    from palabre.project import settings

    cluster = None if "DATABASE_URL" in os.environ else Cluster(settings.DATA)
    privacy.close(settings.DATA)
    here = Whereabouts(settings.HOST, settings.PORT, settings.LIVE_PORT, settings.ADDRESS)
    asyncio.run(Supervisor(settings.DATA, here, cluster).run(empty))


def later() -> list[str]:
    """The parts that nobody waits for at a start."""
    return [*THEN, *(part for part, names in WHERE_SET.items() if any(os.environ.get(name) for name in names))]


def say(part: str, line: str) -> None:
    """One line of the log, with the part it comes from; where it cannot be written, the parts go on all the same."""
    with suppress(OSError, ValueError):
        print(f"{part:<8} {line}" if part else line, flush=True)  # noqa: T201 - the log is what it writes


def _cause(code: int | None) -> str:
    return signal.Signals(-code).name if code is not None and code < 0 else f"code {code}"
