"""A `palabre serve` to measure: started on its own data, with the floor's settings."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]


class Server:
    """The instance of one run of the bench."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, _free_ports()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}},
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": str(ROOT),
            "PALABRE_DATA": str(data),
            "PORT": str(self.port),
        }

    @contextmanager
    def running(self) -> Iterator[float]:
        """Serves for as long as the block; gives the seconds it took to answer."""
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "palabre.project.cli", "serve"],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        said = []
        try:
            for line in process.stdout:
                said.append(line)
                if "is ready" in line:
                    break
            else:
                raise SystemExit("".join(said))
            yield time.perf_counter() - begun
        finally:
            process.terminate()
            process.communicate()

    def run(self, *words: str) -> str:
        """Runs a module on the same instance and gives what it prints."""
        done = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-m", *words], env=self.environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    def processor(self) -> float:
        """Seconds of the processor that all of it has spent so far, the database's too."""
        from palabre.project.cluster import Cluster

        database, spent = Cluster(self.data).folder, 0.0
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if _name(process, self.data, database):
                    times = process.cpu_times()
                    spent += times.user + times.system
        return spent

    def memory(self) -> dict[str, float]:
        """Proportional set size of each process, in MB, the database's together."""
        from palabre.project.cluster import Cluster

        database, sizes = Cluster(self.data).folder, dict[str, float]()
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                name = _name(process, self.data, database)
                if name:
                    sizes[name] = sizes.get(name, 0.0) + _proportional(process)
        return sizes


def _free_ports() -> int:
    """A port that is free together with the next one."""
    while True:
        with socket.socket() as first, socket.socket() as second, suppress(OSError):
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            second.bind(("127.0.0.1", port + 1))
            return port


def _name(process: psutil.Process, data: Path, database: Path) -> str:
    if process.cwd() == str(database):
        return "database"
    if process.environ().get("PALABRE_DATA") != str(data):
        return ""
    words: list[Any] = process.cmdline()
    return "keeper" if any("keeper.py" in word for word in words) else words[-1]


def _proportional(process: psutil.Process) -> float:
    lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
