"""Files that are mapped: read like any array, and held only while they are looked at."""

import sys
from pathlib import Path

import numpy as np
import pytest

from palabre.kit import mapped


def held(path: Path) -> int:
    """How many kilobytes of a file this process holds in memory."""
    sizes, ours = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if "-" in line.partition(" ")[0]:
            ours = line.endswith(str(path))
        elif ours and line.startswith("Rss:"):
            sizes += int(line.split()[1])
    return sizes


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells what a process holds of a file.")
def test_what_nobody_looks_at_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "numbers.npy"
    np.save(path, np.arange(500_000))
    numbers = mapped.array(path)
    assert int(numbers.sum()) == 499_999 * 250_000
    assert held(path) > 3_000
    mapped.let_go()
    assert held(path) == 0
    assert int(numbers[-1]) == 499_999
