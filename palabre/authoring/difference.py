"""What changed between two versions, word by word, as rows that can be shown and read aloud."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

CONTEXT = 2
# From so many pieces on, those that come again and again (spaces, blank lines) are no landmarks any more: to try each
# with each takes the square of their number.
MANY = 2_000
# The signs of two lines from which on they are compared by their sentences.
LONG = 60_000
RESEMBLING = 0.25  # the share of their letters from which on two lines are shown as one that was changed
_SENTENCE = re.compile(r"[^.!?]+[.!?]*\s*|[.!?]+\s*")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one fate."""

    fate: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison, or (with `skipped`) a number of unchanged lines left out."""

    runs: tuple[Run, ...] = ()
    skipped: int = 0

    @property
    def fate(self) -> str:
        fates = {run.fate for run in self.runs}
        return fates.pop() if len(fates) == 1 else "changed"


def compare(before: str, after: str, context: int = CONTEXT) -> list[Row]:
    """Rows of the difference; long unchanged stretches are counted, not repeated."""
    old, new = before.splitlines(), after.splitlines()
    rows: list[Row] = []
    steps = matcher(old, new).get_opcodes()
    for position, (step, first, last, start, end) in enumerate(steps):
        if step == "equal":
            lead = 0 if position == 0 else context
            tail = 0 if position == len(steps) - 1 else context
            rows += _folded(old[first:last], lead, tail)
        elif step == "replace":
            rows += _replaced(old[first:last], new[start:end])
        else:
            fate: Literal["added", "removed"] = "removed" if step == "delete" else "added"
            rows += (Row((Run(fate, line),)) for line in old[first:last] + new[start:end])
    return rows


def words(before: str, after: str) -> tuple[Run, ...]:
    """The runs of one text that became another."""
    piece = _WORD if len(before) + len(after) < LONG else _SENTENCE
    old, new = piece.findall(before), piece.findall(after)
    runs: list[Run] = []
    gone, come = "", ""
    for step, first, last, start, end in matcher(old, new).get_opcodes():
        kept = "".join(old[first:last]) if step == "equal" else ""
        if kept and not (gone and come and kept.isspace()):
            runs += _changed(gone, come)
            runs.append(Run("same", kept))
            gone, come = "", ""
        else:  # a space between two words that were replaced is read with them
            gone += "".join(old[first:last])
            come += "".join(new[start:end])
    return (*runs, *_changed(gone, come))


def matcher(old: list[str], new: list[str]) -> SequenceMatcher[str]:
    """What two lists have in common, in a time that long texts allow too."""
    return SequenceMatcher(None, old, new, autojunk=len(new) > MANY)


def _changed(gone: str, come: str) -> list[Run]:
    return ([Run("removed", gone)] if gone else []) + ([Run("added", come)] if come else [])


def _folded(lines: list[str], lead: int, tail: int) -> Iterator[Row]:
    hidden = len(lines) - lead - tail
    if hidden <= 1:
        yield from (Row((Run("same", line),)) for line in lines)
        return
    yield from (Row((Run("same", line),)) for line in lines[:lead])
    yield Row(skipped=hidden)
    yield from (Row((Run("same", line),)) for line in lines[len(lines) - tail :])


def _replaced(old: list[str], new: list[str]) -> Iterator[Row]:
    """Lines that became others: paired in order while they resemble each other, else removed and added."""
    paired = min(len(old), len(new))
    for before, after in zip(old, new, strict=False):
        runs = words(before, after)
        if _in_common(runs) > RESEMBLING:
            yield Row(runs)
        else:
            yield Row((Run("removed", before),))
            yield Row((Run("added", after),))
    yield from (Row((Run("removed", line),)) for line in old[paired:])
    yield from (Row((Run("added", line),)) for line in new[paired:])


def _in_common(runs: tuple[Run, ...]) -> float:
    """The share of the letters of two lines that stand in words of both, from 0 to 1."""
    same, changed = 0, 0
    for run in runs:
        letters = sum(map(str.isalnum, run.text))
        if run.fate == "same":
            same += 2 * letters
        else:
            changed += letters
    return same / (same + changed) if same else 0.0
