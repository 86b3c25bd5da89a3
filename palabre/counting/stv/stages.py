"""A count by transfers, stage after stage, as a page can tell it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from palabre.counting.ballots import Option, Ranking
from palabre.counting.poll import Poll
from palabre.counting.result import Ranks, Result
from palabre.counting.ties import Tie


@dataclass(frozen=True)
class Stage:
    """What was done (`first`, `surplus`, `exclusion`, `last`), with whom, and how things stand after it.

    `moved` is the votes each received by it (negative: gave), `nontransferable` what has left the count so far (in a
    Meek count: what no hopeful or elected option keeps), `keeps` the share each elected option keeps of a vote (Meek).
    """

    did: str
    option: Option | None
    quota: Fraction
    votes: dict[Option, Fraction]
    moved: dict[Option, Fraction]
    nontransferable: Fraction
    elected: tuple[Option, ...]
    keeps: dict[Option, Fraction]


@dataclass(frozen=True)
class Count:
    """`outcomes` is each set that may be elected: one, unless ties are open. `stages` is the way to the first."""

    seats: int
    papers: int
    outcomes: tuple[tuple[Option, ...], ...]
    stages: tuple[Stage, ...]


def papers(poll: Poll[Ranking]) -> dict[tuple[Option, ...], int]:
    """Ballots as they can be transferred, each order with its votes; who put nobody first alone has none."""
    found: dict[tuple[Option, ...], int] = {}
    for ballot, weight in poll.piles:
        order = ballot.strict()
        if order:
            found[order] = found.get(order, 0) + weight
    return found


def result(name: str, poll: Poll[Ranking], seats: int, ways: list[tuple[tuple[Stage, ...], tuple[Tie, ...]]]) -> Result:
    """The result of a count along every way (`ties.every_way`)."""
    outcomes = {frozenset(option for stage in stages for option in stage.elected) for stages, _ in ways}
    stages, ties = ways[0]
    ordered = tuple(sorted((poll.in_order(outcome) for outcome in outcomes), key=lambda each: _places(poll, each)))
    count = Count(seats, sum(papers(poll).values()), ordered, stages)
    ranking: Ranks | None = None
    if len(outcomes) == 1:
        ranking = tuple(stage.elected for stage in stages if stage.elected)
    return Result(name, frozenset().union(*outcomes), frozenset.intersection(*outcomes), ranking, count, ties)


def _places(poll: Poll[Ranking], options: tuple[Option, ...]) -> list[int]:
    return [poll.options.index(option) for option in options]
