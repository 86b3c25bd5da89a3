"""Progress: a bar on a terminal; where nobody watches, plain lines, the last one whole."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

import pytest

from palabre.kit.progress import progress

WORK = "from palabre.kit.progress import progress\nwith progress('Importing', 50) as step: [step(1) for _ in range(50)]"


def test_lines_tell_how_far_it_is_and_end_with_all(capsys):
    with progress("Importing", 500) as step:
        for _ in range(500):
            step(1)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("Importing: 1 of 500")
    assert lines[-1].startswith("Importing: 500 of 500")
    assert len(lines) < 5


def test_no_line_is_written_twice_and_none_about_nothing(capsys):
    with progress("Importing", 1) as step:
        step(1)
    with progress("Importing"):
        pass
    assert [line.split(" (")[0] for line in capsys.readouterr().err.splitlines()] == ["Importing: 1 of 1"]


@pytest.mark.parametrize("size", [(24, 100), (0, 0)], ids=["a window", "a line that knows no size"])
def test_a_terminal_shows_a_bar(size):
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    subprocess.run([sys.executable, "-c", WORK], stderr=theirs, check=True)
    os.close(theirs)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    assert "Importing: 100% █" in shown
    assert "50 of 50, 00:0" in shown
    assert "it/s" not in shown
