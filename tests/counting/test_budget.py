"""Budgets: equal shares, and the most wanted first."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.counting.ballots import Approval, Unfit
from palabre.counting.budget.greedy import Greedy
from palabre.counting.budget.shares import EqualShares
from palabre.counting.poll import Poll
from palabre.counting.ties import Chair
from tests.counting.making import OPTIONS, approvals, polls


def wanted(**projects):
    """`wanted(a="123", b="12")`: who wants what, each person a digit."""
    ballots = {}
    for person in sorted(set("".join(projects.values()))):
        ballot = Approval(frozenset(project for project, people in projects.items() if person in people))
        ballots[ballot] = ballots.get(ballot, 0) + 1
    return Poll.of(list(projects), ballots)


def test_who_has_less_left_pays_all_of_it_and_the_others_the_rest():
    # Ten each. A costs 12, four pay 3. B costs 21: two have 7 left, one has 10, so that 7 + 7 + 7 pay for it.
    poll = wanted(a="1234", b="125", c="5")
    bought = EqualShares(50, {"a": 12, "b": 21, "c": 5}, "none").count(poll).details.bought
    assert [(each.option, each.share) for each in bought] == [("a", 3), ("b", 7)]
    bought = EqualShares(50, {"a": 12, "b": 23, "c": 1}, "none").count(poll).details.bought
    assert [(each.option, each.share, each.rate) for each in bought] == [
        ("a", 3, Fraction(1, 4)),
        ("b", 9, Fraction(9, 23)),
        ("c", 1, 1),
    ]


def test_the_share_raised_by_units_buys_more_and_stays_within_the_budget():
    # With 25 each nobody but the three of A can pay; with 30 each B is paid by two; C no longer fits.
    poll = wanted(a="123", b="34", c="4")
    costs = {"a": 50, "b": 40, "c": 30}
    none, add1 = EqualShares(100, costs, "none").count(poll), EqualShares(100, costs, "add1").count(poll)
    assert none.winners == {"a"}
    assert add1.winners == {"a", "b"}
    assert add1.details.endowment > 25
    assert add1.details.spent == 90


def test_what_is_left_is_spent_greedily_if_so_declared():
    poll = wanted(a="1234", b="12", c="34", d="5")
    costs = {"a": 40, "b": 45, "c": 46, "d": 15}
    add1, add1u = (EqualShares(100, costs, way).count(poll).details for way in ("add1", "add1u"))
    assert {each.option for each in add1.bought} < {each.option for each in add1u.bought}
    assert add1u.filled
    assert add1u.spent <= 100


def test_greedy_passes_over_what_does_not_fit_and_goes_on():
    poll = wanted(a="1234", b="123", c="12", d="1")
    result = Greedy(100, {"a": 60, "b": 50, "c": 40, "d": 1}).count(poll)
    assert [each.option for each in result.details.bought] == ["a", "c"]
    assert result.details.spent == 100


@pytest.mark.parametrize("rule", [Greedy, EqualShares])
def test_equals_of_which_one_can_be_paid_are_an_open_tie_or_fall_as_declared(rule):
    poll, costs = wanted(a="12", b="12"), {"a": 6, "b": 6}
    result = rule(10, costs).count(poll)
    assert result.details.outcomes == (("a",), ("b",))
    assert (result.winners, result.sure) == ({"a", "b"}, set())
    assert rule(10, costs).count(poll, Chair(("b", "a"))).winners == {"b"}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: EqualShares(10, {"a": 1}, "all"),
        lambda: EqualShares(10, {"a": 1}, unit=0),
        lambda: EqualShares(10, {}).count(wanted(a="1")),
        lambda: Greedy(10, {"a": 0}).count(wanted(a="1")),
        lambda: Greedy(0, {"a": 1}).count(wanted(a="1")),
    ],
)
def test_a_budget_without_prices_is_refused(wrong):
    with pytest.raises(Unfit):
        wrong()


prices = st.fixed_dictionaries({option: st.integers(1, 30) for option in OPTIONS})


@given(polls(approvals), prices, st.integers(1, 60), st.sampled_from(["none", "add1", "add1u"]))
@settings(max_examples=80, deadline=None)
def test_no_way_spends_more_than_there_is(poll, costs, budget, completion):
    for rule in (EqualShares(budget, costs, completion), Greedy(budget, costs)):
        for outcome in rule.count(poll).details.outcomes:
            assert sum(costs[option] for option in outcome) <= budget


@given(polls(approvals), prices, st.integers(1, 60))
@settings(max_examples=80, deadline=None)
def test_nobody_pays_more_than_their_share(poll, costs, budget):
    details = EqualShares(budget, costs, "none").count(poll).details
    paid = [Fraction(0) for _ in poll.piles]
    for each in details.bought:
        supporters = [n for n, (ballot, _) in enumerate(poll.piles) if each.option in ballot.options]
        shares = {n: min(each.share, details.endowment - paid[n]) for n in supporters}
        assert sum(share * poll.piles[n][1] for n, share in shares.items()) == each.cost
        for n, share in shares.items():
            paid[n] += share


@given(polls(approvals), prices, st.integers(1, 60))
@settings(max_examples=80, deadline=None)
def test_a_group_that_could_pay_alone_for_what_it_wants_gets_something(poll, costs, budget):
    """A consequence of extended justified representation, for one project."""
    bought = {each.option for each in EqualShares(budget, costs, "none").count(poll).details.bought}
    for option in OPTIONS:
        group = [(ballot, votes) for ballot, votes in poll.piles if option in ballot.options]
        if Fraction(budget, poll.votes) * sum(votes for _, votes in group) >= costs[option]:
            assert any(bought & ballot.options for ballot, _ in group)


def test_ties_of_a_raise_that_was_too_much_are_not_told():
    poll = wanted(a="1234", b="12", c="34", d="5")
    result = EqualShares(100, {"a": 40, "b": 45, "c": 46, "d": 15}, "add1").count(poll)
    assert (result.decided, result.ties) == (True, ())


@pytest.mark.parametrize("rule", [Greedy, EqualShares])
def test_ways_that_leave_the_same_money_are_still_different(rule):
    poll, costs = wanted(a="123", b="123", c="12", d="12"), {"a": 30, "b": 30, "c": 20, "d": 20}
    outcomes = rule(54, costs).count(poll).details.outcomes
    assert outcomes == (("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"))
