"""The database: the one named by DATABASE_URL, or a real PostgreSQL inside the data folder (`cluster`)."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from palabre.project.cluster import Cluster
from palabre.project.trouble import Trouble

IDLE = 15.0  # seconds: who comes back sooner finds their plans
STANDING_STILL = 60.0  # seconds: what a page does between two statements takes less


def configuration(data: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """What Django needs to reach the database: DATABASE_URL where it is set, else our own cluster."""
    if url := environment.get("DATABASE_URL"):
        return parse(url)
    return Cluster(data).configuration()


def parse(url: str) -> dict[str, Any]:
    """What Django calls `postgresql://user:password@host:5432/name?sslmode=require` (or `?host=/folder`)."""
    parts = urlsplit(url)
    name = unquote(parts.path.strip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise Trouble("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "palabre.kit.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
    }


def pool(size: int) -> dict[str, Any]:
    """The connections that the threads of a process share: at most `size`, one while little happens.

    Each keeps up to 20 MB of what it has planned. What nobody has needed for a while is closed, one in that time.
    """
    return {"min_size": 1, "max_size": size, "timeout": 20, "max_idle": IDLE}


def limits(seconds: float, standing_still: float = STANDING_STILL) -> str:
    """What a connection is opened with so that no statement takes longer, and no transaction waits longer for its next
    one: of somebody's page, others wait behind both. 0 is without limit."""
    waits = {"statement_timeout": seconds, "idle_in_transaction_session_timeout": standing_still}
    return " ".join(f"-c {name}={int(limit * 1000)}" for name, limit in waits.items())


def be_patient(connection: Any, niceness: int) -> None:
    """What is asked on this connection of our own cluster is done as patiently as whoever asks works: else the database
    would do it at the pace of a page, and beside one."""
    with suppress(PermissionError, ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, connection.info.backend_pid, niceness)
