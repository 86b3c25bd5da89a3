"""Greedy: projects by how many want them, the most first, each bought if what is left of the sum pays for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from palabre.counting.ballots import Approval, Option
from palabre.counting.budget.purchases import Basket, Purchase, checked, result, supporters
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.ties import Fork, TieRule, every_way


@dataclass(frozen=True)
class Greedy:
    name: ClassVar[str] = "greedy-budget"
    ballot: ClassVar = Approval
    budget: int = 0
    costs: Mapping[Option, int] = field(default_factory=dict)

    def count(self, poll: Poll[Approval], ties: TieRule | None = None) -> Result:
        checked(self.budget, self.costs, poll.options)

        def spend(fork: Fork) -> Basket:
            return Basket(fill(poll, self.costs, self.budget, fork))

        return result(self.name, poll, self.budget, every_way(spend, ties))


def fill(
    poll: Poll[Approval],
    costs: Mapping[Option, int],
    money: int,
    fork: Fork,
    bought: frozenset[Option] = frozenset(),
) -> tuple[Purchase, ...]:
    """What `money` buys beside what was `bought` before; what nobody wants is not bought."""
    wanted = supporters(poll)
    left = [option for option in poll.options if option not in bought and wanted[option]]
    purchases: list[Purchase] = []
    while left := [option for option in left if costs[option] <= money]:
        most = max(wanted[option] for option in left)
        tied = [option for option in left if wanted[option] == most]
        if sum(costs[option] for option in tied) <= money:  # in whatever order, all of them
            taken = tied
        else:
            so_far = bought | {each.option for each in purchases}
            taken = [fork.best("purchase", tied, (so_far, frozenset(left), "greedy"))]
        for option in taken:
            purchases.append(Purchase(option, costs[option], wanted[option], None, None))
            left.remove(option)
            money -= costs[option]
    return tuple(purchases)
