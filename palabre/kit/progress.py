"""Progress of long work: a bar on a terminal, a plain line now and then where the output is kept or piped."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

PLAIN_LINE_EVERY = 2.0  # seconds
ORDINARY = (80, 24)
"""Columns and lines of a terminal that does not know its size, as a serial line or a recorded session."""

BAR = "{desc}: {percentage:3.0f}% {bar} {n_fmt} of {total_fmt}, {elapsed} gone, {remaining} to go"

Step = Callable[[int], None]


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Step]:
    """`with progress("Importing pages", 883) as step: … step(1)`; written to standard error."""
    if sys.stderr.isatty():
        width, height = os.get_terminal_size(sys.stderr.fileno())
        width, height = width or ORDINARY[0], height or ORDINARY[1]
        shape = BAR if total else "{desc}: {n_fmt}, {elapsed} gone"
        with tqdm(total=total, desc=label, file=sys.stderr, ncols=width, nrows=height, bar_format=shape) as bar:

            def advance(done: int) -> None:
                bar.update(done)

            yield advance
        return
    lines = _Lines(label, total)
    yield lines.step
    lines.end()


class _Lines:
    def __init__(self, label: str, total: int | None) -> None:
        self.label = label
        self.total = total
        self.done = 0
        self.told = 0
        self.said = 0.0
        self.begun = time.monotonic()

    def step(self, done: int = 1) -> None:
        self.done += done
        if time.monotonic() - self.said >= PLAIN_LINE_EVERY:
            self.say()

    def end(self) -> None:
        """The last line says how much was done, unless the one before it did, or there was nothing to do."""
        if self.done != self.told:
            self.say()

    def say(self) -> None:
        self.said, self.told = time.monotonic(), self.done
        of = f" of {self.total}" if self.total is not None else ""
        sys.stderr.write(f"{self.label}: {self.done}{of} ({self.said - self.begun:.1f} s)\n")
        sys.stderr.flush()
