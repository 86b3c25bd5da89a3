"""The single transferable vote, by the Scottish order and by Meek's method."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.counting.ballots import Ranking, Unfit
from palabre.counting.poll import Poll
from palabre.counting.stv.meek import MeekSTV
from palabre.counting.stv.scottish import ScottishSTV
from palabre.counting.ties import Chair, Lot
from tests.counting.making import OPTIONS, polls, ranked, rankings

RULES = [ScottishSTV, MeekSTV]
both = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def test_a_surplus_goes_on_at_a_value_cut_at_five_decimals():
    # Quota ⌊10/3⌋ + 1 = 4. A has 7: its papers go on at 3/7 = 0.42857 each, cut.
    result = ScottishSTV(2).count(ranked("5 a b", "2 a c", "1 b", "2 c"))
    first, surplus = result.details.stages[:2]
    assert (first.quota, first.votes["a"], first.elected) == (4, 7, ("a",))
    assert (surplus.did, surplus.option) == ("surplus", "a")
    assert surplus.votes == {"a": 4, "b": Fraction("3.14285"), "c": Fraction("2.85714")}
    assert surplus.moved == {"a": -3, "b": Fraction("2.14285"), "c": Fraction("0.85714")}
    assert surplus.nontransferable == Fraction("0.00001")


def test_a_paper_goes_on_with_the_value_at_which_it_came():
    # Quota ⌊19/4⌋ + 1 = 5. A gives 5 of 10, so B has 2 + 10 × 0.5 = 7 and gives 2 of 7: what came at 1 goes on at
    # 0.28571, what came at 0.5 at 0.14285.
    result = ScottishSTV(3).count(ranked("10 a b c", "2 b d", "3 c", "4 d"))
    second = result.details.stages[2]
    assert (second.option, second.votes["b"]) == ("b", 5)
    assert second.moved == {"b": -2, "c": 10 * Fraction("0.14285"), "d": 2 * Fraction("0.28571")}


def test_equals_are_told_apart_by_the_latest_earlier_stage():
    # C is excluded first; then A and B have four votes each, of which B had fewer before, and B goes.
    result = ScottishSTV(1).count(ranked("4 a", "3 b", "1 c b", "5 d"))
    assert [stage.option for stage in result.details.stages if stage.did == "exclusion"][:2] == ["c", "b"]
    assert result.ties == ()


def test_what_nothing_tells_apart_falls_as_declared():
    poll = ranked("2 a c", "2 b d", "3 c", "3 d")
    assert ScottishSTV(1).count(poll).winners == {"c", "d"}
    # Once b is out d has five, and c only one stage later: of these equals the earlier stage takes c.
    ruled = ScottishSTV(1).count(poll, Chair(("a", "b", "c", "d")))
    assert (ruled.winners, [(tie.over, tie.taken) for tie in ruled.ties]) == ({"d"}, [("exclusion", "b")])
    # In Meek's count half of ten votes are the quota of one seat, and d has them.
    ruled = MeekSTV(1).count(poll, Chair(("a", "b", "c", "d")))
    assert (ruled.winners, [(tie.over, tie.taken) for tie in ruled.ties]) == ({"d"}, [("exclusion", "b")])


def test_one_more_than_there_are_seats_can_have_meeks_quota_exactly():
    poll = ranked("1 b c", "1 b a", "2 c a", "1 a b", "2 c")
    count = MeekSTV(2).count(poll).details
    assert count.outcomes == (("a", "c"), ("b", "c"))
    assert {str(votes) for votes in count.stages[-1].votes.values()} == {str(count.stages[-1].quota)} == {"2"}
    ruled = MeekSTV(2).count(poll, Chair(("c", "b", "a")))
    assert (ruled.winners, [(tie.over, tie.taken) for tie in ruled.ties]) == ({"b", "c"}, [("win", "b")])


@both
def test_open_ties_give_each_set_that_may_be_elected(rule):
    result = rule(2).count(ranked("4 a", "2 b", "2 c"))
    assert result.details.outcomes == (("a", "b"), ("a", "c"))
    assert (result.winners, result.sure, result.ranking) == ({"a", "b", "c"}, {"a"}, None)


@both
def test_many_options_without_a_vote_are_no_trouble(rule):
    options = "abcdefghijkl"
    result = rule(2).count(Poll.of(options, {Ranking.of("a", "b"): 5, Ranking.of("b"): 4}))
    assert result.details.outcomes == (("a", "b"),)


@both
def test_a_ballot_is_read_up_to_the_first_equals(rule):
    result = rule(1).count(ranked("2 a b=c", "3 b=c a", "1 c"))
    assert (result.details.papers, result.winners) == (3, {"a"})


@both
def test_more_seats_than_options_seat_everybody_and_empty_ballots_nobody(rule):
    assert rule(5).count(ranked("2 a", "1 b")).winners == {"a", "b"}
    assert rule(1).count(Poll.of("ab", {Ranking(): 2})).winners == set()
    with pytest.raises(Unfit):
        rule(0).count(ranked("1 a"))


def test_in_meeks_count_everybody_elected_keeps_the_quota():
    result = MeekSTV(3).count(ranked("20 a b", "6 b c", "3 c d", "2 d"))
    last = result.details.stages[-1]
    assert result.winners == {"a", "b", "c"}
    for option in last.keeps:
        assert abs(last.votes[option] - last.quota) < Fraction(1, 10**5)
    assert abs(sum(last.votes.values()) + last.nontransferable - 31) < Fraction(1, 10**5)


def test_meeks_quota_falls_as_papers_run_out():
    stages = MeekSTV(2).count(ranked("10 a", "3 b", "2 c")).details.stages
    assert stages[0].quota == 5
    assert stages[-1].quota < 5
    assert stages[0].nontransferable == 0 < stages[-1].nontransferable


def test_who_is_excluded_counts_as_if_they_had_never_stood():
    poll = ranked("8 a b c", "4 b c", "5 c b", "2 d b")
    alone = ranked("8 a b c", "6 b c", "5 c b")
    last, same = MeekSTV(2).count(poll).details.stages[-1], MeekSTV(2).count(alone).details.stages[-1]
    assert (last.quota, last.keeps) == (same.quota, same.keeps)


@both
@given(poll=polls(rankings()), seats=st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_as_many_are_elected_as_there_are_seats(rule, poll, seats):
    result = rule(seats).count(poll)
    if result.details.papers:
        assert all(len(outcome) == min(seats, len(OPTIONS)) for outcome in result.details.outcomes)


@both
@given(poll=polls(rankings()), seats=st.integers(1, 3), seed=st.text(max_size=3))
@settings(max_examples=60, deadline=None)
def test_what_a_lot_decides_is_one_of_the_ways_that_were_open(rule, poll, seats, seed):
    open_, drawn = rule(seats).count(poll), rule(seats).count(poll, Lot(seed))
    assert drawn.decided
    if open_.details.outcomes:
        assert drawn.details.outcomes[0] in open_.details.outcomes


@both
@given(poll=polls(rankings()), seats=st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_who_is_solidly_first_on_a_quota_of_ballots_is_elected(rule, poll, seats):
    """Droop proportionality, for one option (Woodall 1994)."""
    result = rule(seats).count(poll, Lot("seed"))
    first: dict[str, int] = {}
    for ballot, votes in poll.piles:
        for option in ballot.strict()[:1]:
            first[option] = first.get(option, 0) + votes
    for option, votes in first.items():
        if votes > Fraction(result.details.papers, seats + 1):
            assert option in result.winners
