"""Equal shares and greedy budgets beside pabutools."""

from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance, Project
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

from palabre.counting.budget.greedy import Greedy
from palabre.counting.budget.shares import EqualShares
from tests.oracles.making import INSTANCES, wishes


def theirs(poll, costs, budget):
    projects = {option: Project(option, costs[option]) for option in poll.options}
    instance = Instance(list(projects.values()), budget_limit=budget)
    ballots = [
        ApprovalBallot([projects[option] for option in ballot.options])
        for ballot, votes in poll.piles
        for _ in range(votes)
    ]
    return instance, ApprovalProfile(ballots, instance=instance)


def sets(allocations):
    return {frozenset(project.name for project in allocation) for allocation in allocations}


def test_equal_shares_buy_the_same_sets_ties_included():
    tied = 0
    for seed in range(INSTANCES):
        poll, costs, budget = wishes(seed)
        instance, profile = theirs(poll, costs, budget)
        expected = sets(method_of_equal_shares(instance, profile, sat_class=Cost_Sat, resoluteness=False))
        ours = EqualShares(budget, costs, "none").count(poll).details.outcomes
        assert {frozenset(outcome) for outcome in ours} == expected, seed
        tied += len(expected) > 1
    print(f"\nEqual shares: {INSTANCES} instances, {tied} of them with several sets")
    assert tied


def test_equal_shares_completed_unit_by_unit_buy_the_same():
    compared = raised = 0
    for seed in range(INSTANCES):
        poll, costs, budget = wishes(seed)
        details = EqualShares(budget, costs, "add1").count(poll).details
        if len(details.outcomes) > 1:
            continue
        instance, profile = theirs(poll, costs, budget)
        bought = method_of_equal_shares(instance, profile, sat_class=Cost_Sat, voter_budget_increment=1)
        assert {project.name for project in bought} == set(details.outcomes[0]), seed
        compared += 1
        raised += details.endowment * poll.votes > budget
    print(f"\nCompleted: {compared} instances without open ties, {raised} of them with raised shares")
    assert raised > INSTANCES / 10


def test_greedy_budgets_buy_the_same_sets_ties_included():
    for seed in range(INSTANCES):
        poll, costs, budget = wishes(seed)
        instance, profile = theirs(poll, costs, budget)
        expected = sets(greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat, resoluteness=False))
        ours = Greedy(budget, costs).count(poll).details.outcomes
        assert {frozenset(outcome) for outcome in ours} == expected, seed
