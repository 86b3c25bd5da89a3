"""What was bought with a budget, purchase after purchase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from palabre.counting.ballots import Approval, Option, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.ties import Tie


@dataclass(frozen=True)
class Purchase:
    """A project that was bought.

    In equal shares `share` is the most that one of its supporters paid (who had less paid all of it), and `rate` that
    as a part of its cost: the smaller, the better for them. A greedy purchase has neither.
    """

    option: Option
    cost: int
    supporters: int
    share: Fraction | None
    rate: Fraction | None


@dataclass(frozen=True)
class Purchases:
    """`outcomes` is each set that may be bought: one, unless ties are open; `bought` is the way to the first.

    `endowment` is what each voter had in hand, with which the shares were counted (more than their part of the budget
    when completed by raising it); `filled` is which of the purchases were made greedily with what was left.
    """

    budget: int
    spent: int
    outcomes: tuple[tuple[Option, ...], ...]
    bought: tuple[Purchase, ...]
    endowment: Fraction | None
    filled: tuple[Option, ...]


@dataclass(frozen=True)
class Basket:
    """One way to spend the budget."""

    bought: tuple[Purchase, ...] = ()
    endowment: Fraction | None = None
    filled: tuple[Option, ...] = ()

    @property
    def spent(self) -> int:
        return sum(each.cost for each in self.bought)

    @property
    def options(self) -> frozenset[Option]:
        return frozenset(each.option for each in self.bought)


def checked(budget: int, costs: Mapping[Option, int], options: tuple[Option, ...]) -> None:
    """Unfit: money is counted in whole units, and everything has its price."""
    if budget < 1:
        raise Unfit(f"A budget is a whole number of units, one at least: {budget}.")
    for option in options:
        if type(costs.get(option)) is not int or costs[option] < 1:
            raise Unfit(f"The cost of {option!r} is a whole number of units, one at least: {costs.get(option)!r}.")


def supporters(poll: Poll[Approval]) -> dict[Option, int]:
    """How many would pay for each project."""
    found = dict.fromkeys(poll.options, 0)
    for ballot, weight in poll.piles:
        for option in ballot.options:
            found[option] += weight
    return found


def result(name: str, poll: Poll[Approval], budget: int, ways: list[tuple[Basket, tuple[Tie, ...]]]) -> Result:
    """The result of a purchase along every way (`ties.every_way`)."""
    outcomes = {basket.options for basket, _ in ways}
    basket, ties = ways[0]
    ordered = sorted((poll.in_order(each) for each in outcomes), key=lambda some: [poll.options.index(o) for o in some])
    details = Purchases(budget, basket.spent, tuple(ordered), basket.bought, basket.endowment, basket.filled)
    return Result(name, frozenset().union(*outcomes), frozenset.intersection(*outcomes), None, details, ties)
