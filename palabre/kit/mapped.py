"""Files that a process maps instead of reading them: what nobody looks at for a while is not held in memory.

The system keeps what was mapped near in any case, and gives it again at the first look.
"""

import mmap
from pathlib import Path
from typing import Any

_files: list[mmap.mmap] = []


def array(path: Path) -> Any:
    """The array of numpy in a file, mapped to be read."""
    import numpy as np

    found = np.load(path, mmap_mode="r")
    _files.append(found._mmap)
    return found


def let_go() -> None:
    """Holds nothing of them, until somebody looks."""
    for file in _files:
        file.madvise(mmap.MADV_DONTNEED)
