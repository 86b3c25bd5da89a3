"""A real `palabre serve` for the tests of processes: its own data folder, ports and environment."""

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import psutil
import psycopg

from palabre.project.cluster import Cluster

READY, GIVE_UP = 120, 60  # seconds, on a busy machine
BUSY = "SELECT FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND coalesce(scheduled_at, now()) <= now()"


class Serving:
    """`with serving(folder) as palabre:` runs until the block ends; its processes are known by their data folder."""

    def __init__(self, data: Path, *options: str, **environment: str) -> None:
        self.data = data
        self.port = free_ports()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}},
            "PALABRE_DATA": str(data),
            "PORT": str(self.port),
            **environment,
        }
        self.options = options
        self.lines: list[str] = []
        self._news: Queue[str | None] = Queue()

    def get(self, path: str, live: bool = False) -> tuple[int, str]:
        """Status and text of a page, or of the live process."""
        connection = HTTPConnection("127.0.0.1", self.port + live, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def leads_to(self, path: str, session: str) -> str | None:
        """Where a page sends somebody on to."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
            return connection.getresponse().getheader("Location")
        finally:
            connection.close()

    def is_healthy(self) -> bool:
        try:
            return all(self.get("/-/health", live=live) == (200, "ok") for live in (False, True))
        except (OSError, HTTPException):
            return False

    def await_health(self) -> None:
        """Waits until pages and live process answer."""
        deadline = time.monotonic() + GIVE_UP
        while not self.is_healthy():
            assert time.monotonic() < deadline, "\n".join(self.lines)
            time.sleep(0.1)

    def await_green(self) -> None:
        """Waits until the doctor finds nothing bad."""
        deadline = time.monotonic() + 2 * GIVE_UP
        while (done := self.command("doctor")).returncode:
            assert time.monotonic() < deadline, done.stdout
            time.sleep(1)

    def await_rest(self) -> None:
        """Waits until nothing is left to do in the background, as reading the words of files is after a first start."""
        cluster, deadline = Cluster(self.data), time.monotonic() + 2 * GIVE_UP
        with cluster.used(), psycopg.connect(cluster.url, autocommit=True) as connection:
            while connection.execute(BUSY).rowcount:
                assert time.monotonic() < deadline, "\n".join(self.lines)
                time.sleep(0.1)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs another command of palabre on the same instance."""
        return subprocess.run(
            [sys.executable, "-m", "palabre.project.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=READY,
        )

    def scene(self) -> dict[str, Any]:
        """Makes what clients act on (`scene.py`) and says how to reach it."""
        script = Path(__file__).with_name("scene.py").read_text()
        done = self.command("manage", "shell", "--verbosity", "0", "--command", script)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    def launch(self) -> None:
        """Starts it, and does not wait."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "palabre.project.cli", "serve", *self.options],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout:
            self.lines.append(line.rstrip())
            self._news.put(line)
        self._news.put(None)

    def await_line(self, pattern: str) -> str:
        """The next line that matches; fails with all that was said."""
        with suppress(Empty):
            while (line := self._news.get(timeout=READY)) is not None:
                if re.search(pattern, line):
                    return line
        raise AssertionError(f"no {pattern!r} in:\n" + "\n".join(self.lines))

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Sends a signal to the process group, as a terminal does, and waits for the supervisor's end."""
        os.killpg(self.process.pid, number)
        return self.process.wait(GIVE_UP)

    def processes(self) -> list[psutil.Process]:
        """All that runs for this data folder."""
        found = []
        database = Cluster(self.data).folder
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.status() == psutil.STATUS_ZOMBIE:
                    continue
                if process.environ().get("PALABRE_DATA") == str(self.data) or process.cwd() == str(database):
                    found.append(process)
        return found

    def part(self, name: str) -> psutil.Process:
        """The first process of a part: web, live, worker, index."""
        deadline = time.monotonic() + GIVE_UP
        while time.monotonic() < deadline:
            for process in self.processes():
                if process.cmdline()[-1:] == [name]:
                    return process
            time.sleep(0.1)
        raise AssertionError(f"{name} does not run:\n" + "\n".join(self.lines))

    def worker_of(self, name: str) -> psutil.Process:
        """A process that a part has forked."""
        return self.part(name).children()[0]

    def database(self) -> psutil.Process:
        return psutil.Process(Cluster(self.data).pid)


@contextmanager
def launched(data: Path, *options: str, **environment: str) -> Iterator[Serving]:
    """Runs until the block ends, ready or not, and leaves nothing, whatever the test did."""
    palabre = Serving(data, *options, **environment)
    with ExitStack() as stack:
        stack.callback(_discard, palabre)
        palabre.launch()
        yield palabre
        if palabre.process.poll() is None:
            palabre.stop()


@contextmanager
def serving(data: Path, *options: str, **environment: str) -> Iterator[Serving]:
    """Serves until the block ends."""
    with launched(data, *options, **environment) as palabre:
        palabre.await_line("Palabre is ready")
        yield palabre


def _discard(palabre: Serving) -> None:
    left = palabre.processes()
    for process in left:
        process.kill()
    psutil.wait_procs(left, timeout=GIVE_UP)


def free_ports() -> int:
    """A port that is free together with the next one, below those that systems give to connections as they come."""
    while True:
        port = random.randrange(20_000, 32_000, 2)
        with socket.socket() as first, socket.socket() as second, suppress(OSError):
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
            return port
