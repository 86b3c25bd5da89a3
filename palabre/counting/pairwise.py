"""Every pair of options: how many prefer the one to the other."""

from __future__ import annotations

from dataclasses import dataclass

from palabre.counting.ballots import Option, Ranking
from palabre.counting.poll import Poll


@dataclass(frozen=True)
class Pairwise:
    """`preferring[i][j]` votes rank option i above option j, in the order of `options`."""

    options: tuple[Option, ...]
    preferring: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, poll: Poll[Ranking]) -> Pairwise:
        """A row is one large number, with a lane for each option: a ballot adds all that stands below at once."""
        place = {option: number for number, option in enumerate(poll.options)}
        width = poll.votes.bit_length() + 1
        lane = [1 << (width * number) for number in range(len(place))]
        everybody, rows = sum(lane), [0] * len(place)
        for ballot, weight in poll.piles:
            below = everybody
            for rank in ballot.ranks:
                if len(rank) == 1:
                    number = place[rank[0]]
                    below ^= lane[number]
                    rows[number] += below * weight
                else:
                    numbers = [place[option] for option in rank]
                    for number in numbers:
                        below ^= lane[number]
                    for number in numbers:
                        rows[number] += below * weight
        mask = (1 << width) - 1
        return cls(poll.options, tuple(tuple(row >> (width * n) & mask for n in range(len(place))) for row in rows))

    def margin(self, one: Option, other: Option) -> int:
        """How many more prefer `one` to `other` than the other way round."""
        i, j = self.options.index(one), self.options.index(other)
        return self.preferring[i][j] - self.preferring[j][i]

    def condorcet_winner(self) -> Option | None:
        """Who beats every other one to one."""
        return next(
            (one for one in self.options if all(self.margin(one, other) > 0 for other in self.options if other != one)),
            None,
        )

    def smith_set(self) -> frozenset[Option]:
        """The smallest set whose members each beat all outside it."""
        number = len(self.options)
        beaten = {one: sum(self.margin(one, other) > 0 for other in self.options) for one in self.options}
        # Members beat or equal more of the others than anybody outside: they stand first in this order.
        ordered = sorted(self.options, key=lambda one: -beaten[one])
        for size in range(1, number + 1):
            inside, outside = ordered[:size], ordered[size:]
            if all(self.margin(one, other) > 0 for one in inside for other in outside):
                return frozenset(inside)
        return frozenset(self.options)
