"""Parents and children among processes: who is left alone must not live on."""

import ctypes
import os
import signal
import sys

from palabre.project.keeper import SET_PARENT_DEATH_SIGNAL


def die_with(parent: int) -> None:
    """Ends this process as soon as `parent` has, even by `kill -9`; called in the child."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
