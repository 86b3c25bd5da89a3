"""Parents and children among processes: who is left alone must not live on."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from palabre.project.keeper import SET_PARENT_DEATH_SIGNAL


def die_with(parent: int) -> None:
    """Ends this process as soon as `parent` has, even by `kill -9`; called in the child."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def appear_as(name: str) -> None:
    """Makes `name`, no longer than the word it replaces, the last word of this process in a list of processes.

    The system reads a process's words where they were laid at its start, and `/` before a path changes nothing.
    """
    with suppress(OSError, ValueError, IndexError):
        after_the_name = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        start, end = int(after_the_name[45]), int(after_the_name[46])  # arg_start, arg_end of proc_pid_stat(5)
        words = Path("/proc/self/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        line = b"\0".join([*words[:-1], name.encode()]) + b"\0"
        if len(line) <= end - start:
            ctypes.memmove(start, line.rjust(end - start, b"/"), end - start)
