"""How a voice that was lent travels: from hand to hand, to the first who votes; or in a circle, or out of the list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

HEARD, CIRCLE, SILENT, OUTSIDE = "heard", "circle", "silent", "outside"


@dataclass(frozen=True)
class Way:
    """People by their keys, from the giver to the last that the voice comes to, and how it ends there.

    heard: the last one votes, and carries it. circle: it would come to somebody it has been with. silent: the last one
    neither votes nor lends. outside: the last one may not vote here.
    """

    through: tuple[int, ...]
    end: str


def ways(hands: Mapping[int, int], voted: Collection[int], listed: Collection[int]) -> dict[int, Way]:
    """The way of each voice that is lent, by its giver; `hands` says who lends to whom. A vote of one's own goes first:
    who has `voted` gives nothing away.
    """
    return {giver: _way(giver, hands, voted, listed) for giver in hands if giver in listed and giver not in voted}


def _way(giver: int, hands: Mapping[int, int], voted: Collection[int], listed: Collection[int]) -> Way:
    through = {giver: None}  # in order, and found at once
    at = giver
    while (then := hands.get(at)) is not None:
        if then in through:
            return Way((*through, then), CIRCLE)
        through[then] = None
        if then not in listed:
            return Way((*through,), OUTSIDE)
        if then in voted:
            return Way((*through,), HEARD)
        at = then
    return Way((*through,), SILENT)
