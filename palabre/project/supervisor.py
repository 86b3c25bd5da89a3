"""`palabre serve`: starts everything, keeps it running, and leaves nothing behind.

The supervisor loads neither Django nor the rooms: it stays small and has little that can fail. While the nursery loads
them it starts the database, then has the instance prepared and each part forked, in a process and a session of its own.
A part that dies is started again, and so is the nursery; all die with the supervisor (`family.die_with`), and the
database when its users are gone (`keeper`).
"""

import asyncio
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from palabre.project.children import Child, Nursery, Stillborn
from palabre.project.database import Cluster
from palabre.project.parts import STOP_TIMEOUT, SUPERVISOR
from palabre.project.trouble import Trouble

FIRST, THEN = ("web", "live"), ("worker", "index")  # who waits for an address waits for the first only
READY_TIMEOUT = 60  # seconds
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 10.0  # seconds before a part is started again; doubles while it keeps dying
SETTLED = 10.0  # seconds after which a part that dies is no longer dying at once
WATCH_EVERY = 0.5  # seconds between looks at the database


class Supervisor:
    """One run of all parts."""

    def __init__(self, host: str, port: int, live_port: int, address: str, cluster: Cluster | None) -> None:
        self.host = host
        self.ports = {"web": port, "live": live_port}
        self.address = address
        self.cluster = cluster
        self.nursery = Nursery()
        self.running: dict[str, Child] = {}
        self.stopping = asyncio.Event()

    async def run(self, empty: bool) -> None:
        """Serves until it is told to stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stopping.set)
        for port in self.ports.values():
            _require_free(self.host, port)
        await self.nursery.open(self._environment())
        nursing = asyncio.create_task(self._tend_nursery())
        tending: list[asyncio.Task[None]] = []
        try:
            if self.cluster:
                await asyncio.to_thread(self.cluster.start)
            words = await self._prepare(empty)
            if self.stopping.is_set():
                return
            if self.cluster:
                tending.append(asyncio.create_task(self._tend_database(self.cluster)))
            tending += [asyncio.create_task(self._tend(name)) for name in FIRST]
            await self._await_ready()
            tending += [asyncio.create_task(self._tend(name)) for name in THEN]
            if not self.stopping.is_set():
                say("", f"\n{words}Palabre is ready: {self.address}  (Ctrl-C stops it)")
            await self.stopping.wait()
        finally:
            self.stopping.set()
            self.nursery.lost.set()
            await nursing
            await self._stop(tending)

    @staticmethod
    def _environment() -> dict[str, str]:
        # Of itself the C library keeps memory apart for each thread, which many threads never give back, and numpy
        # has threads, which would not survive a fork and have nothing to do.
        return {"MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"} | os.environ | {SUPERVISOR: str(os.getpid())}

    async def _prepare(self, empty: bool) -> str:
        try:
            child = self.running["preparation"] = await self.nursery.bear("empty" if empty else "preparation")
        except Stillborn:
            raise SystemExit(1) from None  # it has said why
        said = "".join([f"{line}\n" async for line in child.lines()])
        code = await child.ended
        del self.running["preparation"]
        if code and not self.stopping.is_set():
            sys.stderr.write(said)
            raise SystemExit(1)
        return said

    async def _tend_nursery(self) -> None:
        while not self.stopping.is_set():
            await self.nursery.lost.wait()
            if self.stopping.is_set():
                return
            code = await self.nursery.process.wait()
            say("nursery", f"ended ({_cause(code)}); starting it again")
            await self.nursery.open(self._environment())

    async def _tend(self, name: str) -> None:
        """Runs a part, again and again."""
        pause = SHORTEST_PAUSE
        while not self.stopping.is_set():
            begun = time.monotonic()
            with suppress(Stillborn):
                child = self.running[name] = await self.nursery.bear(name)
                async for line in child.lines():
                    say(name, line)
                code = await child.ended
                child.kill()
                if self.stopping.is_set():
                    return
                say(name, f"ended ({_cause(code)}); starting it again")
            pause = SHORTEST_PAUSE if time.monotonic() - begun > SETTLED else min(pause * 2, LONGEST_PAUSE)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), pause)

    async def _tend_database(self, cluster: Cluster) -> None:
        while not self.stopping.is_set():
            if cluster.pid is None:
                say("database", "ended; starting it again")
                try:
                    await asyncio.to_thread(cluster.start)
                except Trouble as trouble:
                    say("database", str(trouble))
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), WATCH_EVERY)

    async def _await_ready(self) -> None:
        deadline = time.monotonic() + READY_TIMEOUT
        waiting = dict(self.ports)
        while waiting and not self.stopping.is_set():
            for name, port in list(waiting.items()):
                if await asyncio.to_thread(_answers, self.host, port):
                    del waiting[name]
            if time.monotonic() > deadline:
                raise Trouble(f"Palabre does not answer after {READY_TIMEOUT} seconds: {', '.join(waiting)}.")
            await asyncio.sleep(0.05)

    async def _stop(self, tending: list[asyncio.Task[None]]) -> None:
        for child in self.running.values():
            child.terminate()
        if tending:
            _, late = await asyncio.wait(tending, timeout=STOP_TIMEOUT + 2)
            if late:
                for child in self.running.values():
                    child.kill()
                await asyncio.wait(late)
        await self.nursery.close()
        if self.cluster:
            await asyncio.to_thread(self.cluster.leave)


def serve(empty: bool) -> None:
    """Runs until Ctrl-C or SIGTERM."""
    from palabre.project import settings

    cluster = None if "DATABASE_URL" in os.environ else Cluster(settings.DATA)
    host = os.environ.get("HOST", "127.0.0.1")
    asyncio.run(Supervisor(host, settings.PORT, settings.LIVE_PORT, settings.ADDRESS, cluster).run(empty))


def say(part: str, line: str) -> None:
    """One line of the log, with the part it comes from."""
    print(f"{part:<8} {line}" if part else line, flush=True)  # noqa: T201 - the log is what it writes


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Trouble(f"Cannot listen on {host}:{port} ({error.strerror}): choose another with PORT=…") from None


def _answers(host: str, port: int) -> bool:
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    connection = HTTPConnection(asked, port, timeout=2)
    try:
        connection.request("GET", "/-/health", headers={"Host": "localhost"})
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _cause(code: int | None) -> str:
    return signal.Signals(-code).name if code is not None and code < 0 else f"code {code}"
