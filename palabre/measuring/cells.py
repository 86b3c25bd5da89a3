"""Concepts and messages shown to one part of the people each, drawn at random: which does better, and is it sure?"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from palabre.measuring.intervals import Difference, Share, difference

SCALE, BOXES = 5, 2


@dataclass(frozen=True)
class Cell:
    """One concept: who chose one of the two highest of five, of those who saw it."""

    name: Hashable
    top: Share


@dataclass(frozen=True)
class Comparison:
    """All cells, and the difference between each two; the larger one stands first."""

    cells: tuple[Cell, ...]
    gaps: tuple[tuple[Cell, Cell, Difference], ...]

    @property
    def winner(self) -> Cell | None:
        """The cell that is surely above every other."""
        for cell in self.cells:
            others = [gap for first, second, gap in self.gaps if cell in (first, second)]
            if others and all(gap.is_sure for gap in others) and all(cell is not gap[1] for gap in self.gaps):
                return cell
        return None


def compare(answers: Mapping[Hashable, Sequence[int]], *, top: int = SCALE - BOXES + 1) -> Comparison:
    """`answers` are the ratings each cell was given; those of `top` and more are in its top boxes."""
    cells = [Cell(name, Share(sum(each >= top for each in given), len(given))) for name, given in answers.items()]
    ordered = sorted(cells, key=lambda each: -each.top.value)
    gaps = tuple((one, other, difference(one.top, other.top)) for one, other in combinations(ordered, 2))
    return Comparison(tuple(ordered), gaps)
