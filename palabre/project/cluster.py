"""A PostgreSQL of our own, inside the data folder.

Palabre must start with one command on a machine where nothing is installed. So PostgreSQL comes from a package, an
unprivileged user runs it, and nothing listens but a socket in a folder of that user. Several commands and a server may
use one cluster at once: whoever comes first starts it, whoever leaves last stops it (`Cluster.used`), and `keeper`
stops it after users that were killed.
"""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import psutil

from palabre.project import keeper
from palabre.project.postgres import ENVIRONMENT, PORT, SETTINGS, VOLATILE, Binaries, Owner, digest
from palabre.project.privacy import make_folder, private
from palabre.project.trouble import Trouble

NAME = "palabre"
LONGEST_SOCKET = 107  # sockaddr_un.sun_path, without its final zero
START_TIMEOUT = STOP_TIMEOUT = 60  # seconds


class Cluster:
    """A PostgreSQL of our own in `data/database`, a link when its user cannot reach the data folder."""

    def __init__(self, data: Path, durable: bool = True) -> None:
        """`durable=False` trades safety after a power cut for speed: for tests only."""
        self.data = data.resolve()
        self.durable = durable
        self._users: IO[str] | None = None

    @property
    def home(self) -> Path:
        return (self.data / "database").resolve()

    @property
    def folder(self) -> Path:
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        return self.data / "database.log"

    @property
    def sockets(self) -> Path:
        """A folder of its own, short enough for a socket's address."""
        here = self.home / "socket"
        if len(os.fsencode(here / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
            return here
        return Path(tempfile.gettempdir()) / f"palabre-{digest(self.data)}"

    @cached_property
    def owner(self) -> Owner:
        return Owner.find(self.folder)

    def configuration(self) -> dict[str, Any]:
        return {
            "ENGINE": "palabre.kit.postgresql",
            "NAME": NAME,
            "USER": NAME,
            "HOST": str(self.sockets),
            "PORT": str(PORT),
        }

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}@/{NAME}?host={self.sockets}&port={PORT}"

    @contextmanager
    def used(self) -> Iterator[None]:
        """The database runs for as long as the block; whoever leaves last stops it."""
        self.start()
        try:
            yield
        finally:
            self.leave()

    def start(self) -> None:
        """Starts the database unless it runs already; until `leave`, this process counts among its users."""
        with self._turn():
            if self._users is None:
                self._users = self._open("database.users")
                # Waits while a keeper is stopping the database after its last user was killed.
                fcntl.flock(self._users, fcntl.LOCK_SH)
            if self.pid is None:
                self._prepare()
                self._launch()

    def leave(self) -> None:
        """Stops the database unless others still use it."""
        if self._users is None:
            return
        with self._turn(), self._users as users:
            self._users = None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self.stop()

    def stop(self) -> None:
        """Stops the database, whoever uses it: connections are closed, what was committed is kept."""
        if (pid := self.pid) is None:
            return
        with suppress(psutil.NoSuchProcess):
            server = psutil.Process(pid)
            keeping = server.parent()
            server.send_signal(signal.SIGINT)
            if not _ended([server, *filter(None, [keeping])]):
                raise Trouble(f"PostgreSQL does not stop (process {pid}); see {self.log}.")

    @property
    def pid(self) -> int | None:
        """The process that serves this cluster now; a stale file with a recycled number is no sign of one."""
        with suppress(FileNotFoundError, IndexError, ValueError, psutil.Error):
            pid = int(self._state()[0])
            if Path(psutil.Process(pid).cwd()) == self.folder:
                return pid
        return None

    def _state(self) -> list[str]:
        return (self.folder / "postmaster.pid").read_text().split("\n")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One process at a time starts or leaves."""
        with self._open("database.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _open(self, name: str) -> IO[str]:
        try:
            make_folder(self.data)
            return private(self.data / name)
        except OSError as error:
            raise Trouble(f"The data folder {self.data} cannot be written: {error.strerror}.") from None

    def _prepare(self) -> None:
        """Makes the cluster on first use, and refuses one that these binaries do not understand."""
        link = self.data / "database"
        if link.is_symlink() and not link.exists():
            raise Trouble(f"The database should be in {link.readlink()}, but there is none: restore a backup.")
        if not (self.folder / "PG_VERSION").exists():
            self._create()
        made_by, ours = int((self.folder / "PG_VERSION").read_text()), Binaries.version()
        if made_by != ours:
            age = "newer" if made_by > ours else "older"
            raise Trouble(f"The database in {self.home} is of a {age} version: PostgreSQL {made_by}, not {ours}.")

    def _create(self) -> None:
        self._find_a_place()
        shutil.rmtree(self.folder, ignore_errors=True)  # what an interrupted first start left
        self.__dict__.pop("owner", None)
        making = self.folder.with_name("making")
        shutil.rmtree(making, ignore_errors=True)
        self.owner.make_folder(making)
        words = ["--username", NAME, "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin"]
        words += ["--builtin-locale", "C.UTF-8", "--auth-local", "peer", "--auth-host", "reject"]
        words += ["--no-instructions"] + ([] if self.durable else ["--no-sync"])
        self._check(self.owner.run([self._binaries / "initdb", "--pgdata", making, *words]))
        single: list[str | Path] = [self._binaries / "postgres", "--single", "-D", making, "postgres"]
        self._check(self.owner.run(single, input=f"CREATE DATABASE {NAME}\n"))
        making.rename(self.folder)

    def _check(self, done: subprocess.CompletedProcess[str]) -> None:
        """PostgreSQL on its own ends well even where it could not do what it was told: on a full disk, say."""
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        failed = [line for line in said if "ERROR:" in line]
        if done.returncode or failed:
            raise Trouble(f"The database cannot be created in {self.home}: {' '.join(failed[:1] or said[-1:])}")

    def _find_a_place(self) -> None:
        """`data/database`, or a link from there to a folder that PostgreSQL's user can reach."""
        home = self.data / "database"
        if home.exists():
            return
        owner = Owner.find(self.folder)
        if owner.reaches(self.data):
            owner.make_folder(home)
            return
        for parent in (Path("/var/lib"), Path("/var/tmp")):  # noqa: S108 - its own folder, only root can make it here
            place = parent / f"palabre-{digest(self.data)}"
            if not owner.reaches(parent):
                continue
            if place.exists():
                # Of a data folder that was thrown away: neither ours to delete, nor to take for the new one.
                place.rename(place.with_name(f"{place.name}-{int(time.time())}"))
            owner.make_folder(place)
            home.symlink_to(place)
            return
        raise Trouble(f"The user {owner.name}, who runs PostgreSQL, can reach neither {self.data} nor /var/lib.")

    @cached_property
    def _binaries(self) -> Path:
        return Binaries(self.owner, self.home).folder

    def _launch(self) -> None:
        self._clear_stale_state()
        if not self.sockets.is_dir():
            self.owner.make_folder(self.sockets)
        elif self.sockets.lstat().st_uid != self.owner.uid:
            raise Trouble(f"The folder {self.sockets} belongs to someone else; remove it.")
        self._write_access_rules()
        command: list[str | Path] = [self._binaries / "postgres", "-D", self.folder]
        settings = SETTINGS | ({} if self.durable else VOLATILE)
        for name, value in {**settings, "unix_socket_directories": str(self.sockets)}.items():
            command += ["-c", f"{name}={value}"]
        with private(self.log) as log:
            begun = log.tell()
            words: list[str | Path] = [self.data / "database.users", str(self.owner.uid), str(self.owner.gid), *command]
            keeping = subprocess.Popen(  # noqa: S603 - our own words, no shell
                [sys.executable, "-I", "-S", keeper.__file__, *words],
                cwd="/",
                env=ENVIRONMENT | os.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._await_ready(keeping, begun)

    def _await_ready(self, keeping: subprocess.Popen[bytes], begun: int) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            with suppress(FileNotFoundError, IndexError):
                if self._state()[7].strip() == "ready":
                    _reap_when_done(keeping)
                    return
            if keeping.poll() is not None:
                break
            time.sleep(0.02)
        keeping.kill()
        said = self.log.read_bytes()[begun:].decode(errors="replace").strip().splitlines()
        raise Trouble(f"The database does not start: {said[-1] if said else 'it says nothing'} (see {self.log}).")

    def _clear_stale_state(self) -> None:
        """After a kill: waits for orphans of the last server, forgets a number that is another's now."""
        deadline = time.monotonic() + STOP_TIMEOUT
        while orphans := self._orphans():
            for orphan in orphans:
                with suppress(psutil.NoSuchProcess):
                    orphan.send_signal(signal.SIGTERM if time.monotonic() < deadline else signal.SIGQUIT)
            psutil.wait_procs(orphans, timeout=1)
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            if self.log.stat().st_size > 10_000_000:
                self.log.replace(self.log.with_suffix(".log.1"))

    def _orphans(self) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.uids().effective == self.owner.uid and Path(process.cwd()) == self.folder:
                    found.append(process)
        return found

    def _write_access_rules(self) -> None:
        """Only the database's user, root and whoever started it may enter, through the socket."""
        users = {self.owner.name, "root", pwd.getpwuid(os.getuid()).pw_name}
        for name, text in {
            "pg_hba.conf": "local all all peer map=palabre\n",
            "pg_ident.conf": "".join(f'palabre "{user}" {NAME}\n' for user in sorted(users)),
        }.items():
            path = self.folder / name
            path.write_text(text)
            os.chown(path, self.owner.uid, self.owner.gid)


def _ended(processes: list[psutil.Process]) -> bool:
    """Waits until all have ended; a zombie has, whoever is slow to reap it."""
    deadline = time.monotonic() + STOP_TIMEOUT
    while time.monotonic() < deadline:
        with suppress(psutil.NoSuchProcess):
            processes = [each for each in processes if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
            if processes:
                time.sleep(0.01)
                continue
            return True
    return False


def _reap_when_done(process: subprocess.Popen[bytes]) -> None:
    """A keeper outlives the command that started it; one that ends first must not stay as a zombie."""
    threading.Thread(target=process.wait, name="keeper", daemon=True).start()
