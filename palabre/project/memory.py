"""Memory that a process no longer uses, given back to the system from time to time.

The C library keeps what was freed for the next use. After an index was rebuilt that was 216 MB of 277, for ever.
"""

import ctypes
import threading
import time
from collections.abc import Callable

EVERY = 20.0  # seconds


def keep_giving_back() -> None:
    """Starts the thread that does so; where the C library is another one, it does nothing."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        threading.Thread(target=_give_back, args=(trim,), name="memory", daemon=True).start()


def _give_back(trim: Callable[[int], int]) -> None:
    while True:
        time.sleep(EVERY)
        trim(0)
