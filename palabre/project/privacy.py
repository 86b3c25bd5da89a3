"""What other accounts of the machine see of an instance: nothing."""

import os
from pathlib import Path
from typing import IO

MASK = 0o077  # the umask of whatever works on an instance


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
