"""Two people changed the same text: what merges, merges; what does not is shown side by side, both kept.

Texts are compared sentence by sentence, since a paragraph of Markdown is one long line: two people who mended
two sentences of it did not disagree. Neighbouring sentences changed on both sides are left to people.
"""

import re
from dataclasses import dataclass

from merge3 import Merge3

_ROW = re.compile(r"\s*(?:[-*+][ \t]|[|>]|\d{1,9}[.)][ \t])|[ \t]|\Z")  # of a list, a table, a quotation, code
_NUMBER = r"(?:^[ \t]*\d{1,9}\.[ \t]+)?+"  # of a list item: its dot ends no sentence
_PIECE = re.compile(_NUMBER + r"[^\n]*?[.!?…][\"'»”’)\]]*[ \t]+|[^\n]*\n|[^\n]+\Z", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch of the merged text; `theirs` and `mine` differ only where people must choose."""

    base: str
    theirs: str
    mine: str

    @property
    def agreed(self) -> bool:
        return self.theirs == self.mine


@dataclass(frozen=True, slots=True)
class Merge:
    """The outcome of a three-way merge: hunks in order, from which the texts can be put together."""

    hunks: tuple[Hunk, ...]

    @property
    def clean(self) -> bool:
        return all(hunk.agreed for hunk in self.hunks)

    @property
    def text(self) -> str:
        """The merged text; of what could not be merged, the words of both, theirs first."""
        return "".join(hunk.theirs if hunk.agreed else _both(hunk) for hunk in self.hunks)


def pieces(text: str) -> list[str]:
    """The sentences and lines of a text, which joined give it back exactly."""
    return _PIECE.findall(text)


def merge(base: str, theirs: str, mine: str) -> Merge:
    """What `theirs` (saved meanwhile) and `mine` (being saved) both made of `base`."""
    if theirs == mine or base == mine:
        return Merge((Hunk(base, theirs, theirs),))
    if base == theirs:
        return Merge((Hunk(base, mine, mine),))
    origin, left, right = pieces(base), pieces(theirs), pieces(mine)
    return Merge(tuple(_hunk(group) for group in Merge3(origin, left, right).merge_groups()))


def _hunk(group: tuple) -> Hunk:
    if group[0] == "conflict":
        return Hunk(*("".join(side or ()) for side in group[1:]))
    text = "".join(group[1])
    return Hunk(text, text, text)


def _both(hunk: Hunk) -> str:
    """The words of both: whole lines of prose as a paragraph each, rows and list items as neighbours."""
    theirs, mine = hunk.theirs, hunk.mine
    if not theirs or not mine:
        return theirs + mine
    standing = theirs.rstrip("\n")
    ends = len(theirs) - len(standing)
    apart = 1 if standing.endswith((" ", "\t")) or _ROW.match(standing.rpartition("\n")[2]) or _ROW.match(mine) else 2
    return theirs + "\n" * (apart - ends) + mine
