"""What other accounts of the machine see of an instance: nothing."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

MASK = 0o077  # the umask of whatever works on an instance

# What lies in a data folder and is Palabre's. The database has an owner of its own, who keeps it closed.
OURS = (
    "secret-key",
    "files",
    "index",
    "database.lock",
    "database.users",
    "database.log",
    "database.log.1",
    "whereabouts.json",
)


def too_open(data: Path) -> Iterator[Path]:
    """What of ours in a data folder other accounts may enter or read: earlier versions made it so. A link leads to what
    is not ours."""
    for path in (data / name for name in OURS):
        with suppress(OSError):
            mode = path.lstat().st_mode
            if not stat.S_ISLNK(mode) and mode & MASK:
                yield path


def close(data: Path) -> None:
    """Takes from other accounts what they should not have of a data folder, and touches nothing else."""
    for path in too_open(data):
        with suppress(OSError):  # whoever may not change it is told by the doctor
            path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~MASK)


def make_folder(data: Path) -> None:
    """Makes the data folder unless it is there: PostgreSQL's user must be able to pass through it, and through those
    above it that are made with it.
    """
    before = os.umask(0o066)
    try:
        data.mkdir(parents=True, exist_ok=True)
    finally:
        os.umask(before)


def private(path: Path) -> IO[str]:
    """A file to append to that nobody else can read."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "a+")
