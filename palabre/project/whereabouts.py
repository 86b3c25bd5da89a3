"""Where a running Palabre answers, left in its data folder for who asks without the environment it was started with.

Its supervisor holds a lock on the file for as long as it lives, so what a killed one left behind is no sign of one.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from palabre.project.privacy import private

NAME = "whereabouts.json"


@dataclass(frozen=True)
class Whereabouts:
    """What a supervisor's web and live listen to, and the address by which people come."""

    host: str
    port: int
    live_port: int
    address: str


@contextmanager
def known(data: Path, here: Whereabouts) -> Iterator[None]:
    """For as long as the block, others find it in the data folder."""
    file = _written(data, here)
    try:
        yield
    finally:
        if file:
            (data / NAME).unlink(missing_ok=True)
            file.close()


def find(data: Path) -> Whereabouts | None:
    """Those of the Palabre that serves this data folder now."""
    with suppress(OSError, ValueError, TypeError), (data / NAME).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return Whereabouts(**json.load(file))
    return None


def _written(data: Path, here: Whereabouts) -> IO[str] | None:
    """The file, locked; None where another has left theirs or nothing can be written, which stops no serving."""
    with suppress(OSError):
        file = private(data / NAME)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.truncate(0)
            file.write(json.dumps(asdict(here)))
            file.flush()
        except OSError:
            file.close()
            raise
        return file
    return None
