"""Check-ups: what `palabre doctor` looks at. A room that can fall ill offers one in its `checkup` module.

@checkup("Files")
def files() -> Iterator[Finding]: yield good("812 files, none missing")
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    GOOD = "good"
    NOTE = "note"  # worth knowing, no illness
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One sentence on one thing."""

    state: State
    sentence: str


Checkup = Callable[[], Iterator[Finding]]

_checkups: dict[str, Checkup] = {}


def checkup(name: str) -> Callable[[Checkup], Checkup]:
    """Registers what to look at under a name."""

    def register(examine: Checkup) -> Checkup:
        _checkups[name] = examine
        return examine

    return register


def checkups() -> dict[str, Checkup]:
    """All check-ups by name."""
    return dict(_checkups)


def good(sentence: str) -> Finding:
    return Finding(State.GOOD, sentence)


def note(sentence: str) -> Finding:
    return Finding(State.NOTE, sentence)


def bad(sentence: str) -> Finding:
    return Finding(State.BAD, sentence)
