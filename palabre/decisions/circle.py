"""The circle of those who may vote, as a drawing: a place each, those heard filled, the quorum a stroke across.

The places are the dashes of one line, so that it costs as much for ten thousand people as for ten.
"""

import math
from dataclasses import dataclass
from functools import cached_property

from palabre.decisions.models import Decision

PLACES = 60  # beyond, dots would run together: the line is drawn whole
RADIUS, CENTRE, OPENING = 80, (100, 100), 80  # the circle is open below, by so many degrees
TURN = 360 - OPENING
WIDEST, NARROWEST = 18, 5
ARC = math.radians(TURN) * RADIUS


@dataclass(frozen=True)
class Circle:
    """How many have voted of how many, how many were heard beside them, whose voices were lent, and how many must be;
    `mine`: the reader is among those who voted.
    """

    voted: int
    lent: int
    eligible: int
    needed: int
    mine: bool = False

    @property
    def heard(self) -> int:
        """How many took part."""
        return self.voted + self.lent

    @property
    def missing(self) -> int:
        """How many more must take part."""
        return max(0, self.needed - self.heard)

    @cached_property
    def is_dotted(self) -> bool:
        """Whether each place is a dot of its own."""
        return self.eligible <= PLACES

    @property
    def line(self) -> str:
        """The way of the line, as SVG has it."""
        (x, y), (to_x, to_y) = _at(0, RADIUS), _at(1, RADIUS)
        return f"M{x} {y}A{RADIUS} {RADIUS} 0 1 1 {to_x} {to_y}"

    @property
    def length(self) -> str:
        """How long that line is called: one from place to place; the last lies a hair before its end."""
        return f"{max(1, self.eligible - 1) + 0.001:.3f}" if self.is_dotted else str(self.eligible)

    @property
    def width(self) -> str:
        """How thick a place is: they grow where there are few."""
        room = ARC / max(1, self.eligible - 1) - 1.5 if self.is_dotted else NARROWEST + 2
        return f"{min(WIDEST, max(NARROWEST, room)):.1f}"

    @property
    def inside(self) -> str:
        """How much of an empty place is empty."""
        return f"{float(self.width) - 2.5:.1f}"

    @property
    def places(self) -> str:
        """The dashes of all places."""
        return self._dashes(self.eligible)

    @property
    def own(self) -> str:
        """The dashes of those who voted."""
        return self._dashes(self.voted)

    @property
    def others(self) -> str:
        """The dashes of those heard, of which those who voted are drawn over."""
        return self._dashes(self.heard)

    @property
    def alone(self) -> str:
        """The dash of one place: which is the reader's no circle tells, so that it is drawn as the last that voted."""
        return self._dashes(1)

    @property
    def before(self) -> int:
        """How far that dash is moved along."""
        return 1 - self.voted

    @property
    def quorum(self) -> dict[str, str]:
        """Where the stroke of the quorum begins and ends, and where its number stands: between the last who must take
        part and the next.
        """
        steps = self.eligible - 1 if self.is_dotted else self.eligible
        part = min(1.03, (self.needed - 0.5 * self.is_dotted) / max(1, steps))
        names = ("x1", "y1", "x2", "y2", "x", "y")
        ends = (*_at(part, RADIUS - 14), *_at(part, RADIUS + 14), *_at(part, RADIUS + 24))
        return dict(zip(names, map(str, ends), strict=True))

    def _dashes(self, number: int) -> str:
        """One for each of the first so many places, and a gap to the end."""
        if not number:
            return f"0 {self.eligible + 1}"
        if not self.is_dotted:
            return f"{number} {self.eligible}"
        return "0 1 " * (number - 1) + f"0 {self.eligible + 1}"


def of(decision: Decision, voted: int, lent: int, *, mine: bool) -> Circle:
    """The circle of a decision whose vote is or was open."""
    eligible = decision.item.eligible  # type: ignore[attr-defined]
    quorum = decision.terms.quorum
    needed = quorum.turnout(voted + lent, eligible).needed if quorum else 0
    return Circle(voted, lent, eligible, needed, mine)


def _at(part: float, radius: float) -> tuple[float, float]:
    """The point so far along the circle, from its lower left over the top, so far from its centre."""
    angle = math.radians(90 + OPENING / 2 + TURN * part)
    return round(CENTRE[0] + radius * math.cos(angle), 1), round(CENTRE[1] + radius * math.sin(angle), 1)
