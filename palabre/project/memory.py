"""Memory that a process no longer uses, given back to the system, and what it has mapped of files with it.

The C library keeps what was freed for the next use. After an index was rebuilt that was 216 MB of 277, for ever.
"""

import ctypes
import threading
import time
from collections.abc import Callable

from palabre.kit import mapped

EVERY = 20.0  # seconds
LARGE = 128 * 1024  # bytes
M_MMAP_THRESHOLD = -3  # of malloc.h


def keep_giving_back() -> None:
    """Starts the thread that does so from time to time; where the C library is another one, it does nothing."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        threading.Thread(target=_give_back, args=(trim,), name="memory", daemon=True).start()


def give_back_at_once() -> None:
    """What is large goes back whenever it is freed: for parts that need much at one time and little at others.

    Parts that draw pages need the same again with the next one; they would be a sixth slower.
    """
    choose = getattr(ctypes.CDLL(None), "mallopt", None)
    if choose:
        choose(M_MMAP_THRESHOLD, LARGE)


def _give_back(trim: Callable[[int], int]) -> None:
    while True:
        time.sleep(EVERY)
        trim(0)
        mapped.let_go()
