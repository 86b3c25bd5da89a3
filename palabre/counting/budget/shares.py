"""The method of equal shares: each voter has the same part of the budget, and pays for what they voted for.

Peters and Skowron 2020; Peters, Pierczyński and Skowron 2021, for approvals with cost utilities: a project is worth
to each supporter what it costs. Bought next is what can be paid with the smallest ρ, where nobody pays more than ρ
times its cost, nor more than they have left.

What is left over is completed as declared: `none`; `add1`: all begin with one unit more, and one more, as long as
what is bought stays within the real budget, and until nothing more would fit; `add1u`: that, and then greedily.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import ClassVar

from palabre.counting.ballots import Approval, Option, Unfit
from palabre.counting.budget.greedy import fill
from palabre.counting.budget.purchases import Basket, Purchase, checked, result, supporters
from palabre.counting.poll import Poll
from palabre.counting.result import Result
from palabre.counting.ties import Fork, TieRule, every_way

COMPLETIONS = ("none", "add1", "add1u")


@dataclass(frozen=True)
class EqualShares:
    """`unit` is by how much each voter's part is raised at a time when completing."""

    name: ClassVar[str] = "equal-shares"
    ballot: ClassVar = Approval
    budget: int = 0
    costs: Mapping[Option, int] = field(default_factory=dict)
    completion: str = "add1u"
    unit: int = 1

    def __post_init__(self) -> None:
        if self.completion not in COMPLETIONS:
            raise Unfit(f"Equal shares are completed by one of {', '.join(COMPLETIONS)}, not {self.completion!r}.")
        if self.unit < 1:
            raise Unfit("Shares are raised by one unit at least.")

    def count(self, poll: Poll[Approval], ties: TieRule | None = None) -> Result:
        checked(self.budget, self.costs, poll.options)
        return result(self.name, poll, self.budget, every_way(lambda fork: self._spend(poll, fork), ties))

    def _spend(self, poll: Poll[Approval], fork: Fork) -> Basket:
        if not poll.votes:
            return Basket()
        shares = _Shares(poll, self.costs, fork)
        part = Fraction(self.budget, poll.votes)
        basket = shares.bought_with(part)
        while self.completion != "none" and self._more_fits(poll, basket):
            part += self.unit
            before = len(fork.ties)
            larger = shares.bought_with(part, basket.options)
            # Only ties of what is bought in the end are told.
            if larger.spent > self.budget:
                del fork.ties[before:]
                break
            del fork.ties[:before]
            basket = larger
        if self.completion == "add1u":
            filled = fill(poll, self.costs, self.budget - basket.spent, fork, basket.options)
            basket = replace(basket, bought=basket.bought + filled, filled=tuple(each.option for each in filled))
        return basket

    def _more_fits(self, poll: Poll[Approval], basket: Basket) -> bool:
        wanted, left = supporters(poll), self.budget - basket.spent
        return any(
            wanted[option] and option not in basket.options and self.costs[option] <= left for option in poll.options
        )


class _Shares:
    """Who supports what, and what they buy together with so much each."""

    def __init__(self, poll: Poll[Approval], costs: Mapping[Option, int], fork: Fork) -> None:
        self.poll, self.costs, self.fork = poll, costs, fork
        self.weights = [weight for _, weight in poll.piles]
        self.piles = {
            option: [number for number, (ballot, _) in enumerate(poll.piles) if option in ballot.options]
            for option in poll.options
        }
        self.wanted = supporters(poll)

    def bought_with(self, part: Fraction, before: frozenset[Option] = frozenset()) -> Basket:
        """Voters who said the same have the same left, so that a pile has one purse, for each of them.

        `before` is what was bought with less, and stays if this is too much.
        """
        purses = [part for _ in self.weights]
        left, bought = [option for option in self.poll.options if self.wanted[option]], list[Purchase]()
        while True:
            rates: dict[Option, tuple[Fraction, Fraction]] = {}
            for option in left:
                share = self._share(option, purses)
                if share is not None:
                    rates[option] = (share / self.costs[option], share)
            if not rates:
                return Basket(tuple(bought), part)
            least = min(rate for rate, _ in rates.values())
            tied = [option for option, (rate, _) in rates.items() if rate == least]
            so_far = frozenset(each.option for each in bought)
            state = (part, before, tuple(purses), frozenset(rates), so_far) if len(tied) > 1 else None
            option = self.fork.best("purchase", tied, state)
            share = rates[option][1]
            for number in self.piles[option]:
                purses[number] -= min(purses[number], share)
            left = [each for each in rates if each != option]
            bought.append(Purchase(option, self.costs[option], self.wanted[option], share, least))

    def _share(self, option: Option, purses: list[Fraction]) -> Fraction | None:
        """The most that a supporter pays when all together pay the cost; None if they cannot."""
        missing, payers = Fraction(self.costs[option]), self.wanted[option]
        for number in sorted(self.piles[option], key=lambda number: purses[number]):
            if purses[number] * payers >= missing:
                return missing / payers
            missing -= purses[number] * self.weights[number]
            payers -= self.weights[number]
        return None
