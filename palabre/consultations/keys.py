"""Keys of what stands one a line: conditions and answers name a choice by its key, whatever its place and its words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import count


def kept(lines: Sequence[Hashable], held: Mapping[str, Hashable]) -> list[str]:
    """A key for each line, which differ; `held` are the lines that stood there, in order, by their keys.

    A line that stays keeps its key wherever it stands now; one that came in the place of another which is gone is the
    same in other words; what is new has a key that nothing has had.
    """
    key_of = {line: key for key, line in held.items()}
    places = list(held)
    gone = set(held.values()) - set(lines)
    fresh = (str(number) for number in count(1) if str(number) not in held)
    found = []
    for place, line in enumerate(lines):
        here = places[place] if place < len(places) else ""
        found.append(key_of.get(line) or (here if here and held[here] in gone else next(fresh)))
    return found
