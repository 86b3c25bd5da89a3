"""Rules that add up: approval, score, dots, quadratic."""

import pytest

from palabre.counting.approval import MostApproved
from palabre.counting.ballots import Approval, Credits, Dots, Scores, Unfit
from palabre.counting.dots import MostDots
from palabre.counting.poll import Poll
from palabre.counting.quadratic import Quadratic, cost
from palabre.counting.score import Score
from palabre.counting.ties import Chair

APPROVED = Poll.of(
    "abcd", {Approval(frozenset("ab")): 3, Approval(frozenset("bc")): 2, Approval(frozenset("ac")): 2, Approval(): 1}
)


def test_equal_options_at_the_last_place_may_all_win_and_the_others_surely_do():
    result = MostApproved(seats=2).count(APPROVED)
    assert result.ranking == (("a", "b"), ("c",), ("d",))
    assert result.winners == result.sure == {"a", "b"}
    open_ = MostApproved(seats=1).count(APPROVED)
    assert (open_.winners, open_.sure, open_.decided) == ({"a", "b"}, set(), False)


def test_the_chair_fills_places_one_by_one():
    tied = Poll.of("abcd", {Approval(frozenset("abcd")): 2, Approval(frozenset("a")): 1})
    result = MostApproved(seats=3).count(tied, Chair(("d", "b", "c", "a")))
    assert result.winners == {"a", "d", "b"}
    assert [(tie.between, tie.taken) for tie in result.ties] == [(("b", "c", "d"), "d"), (("b", "c"), "b")]


def test_what_nobody_wants_wins_no_place():
    assert MostApproved(seats=4).count(APPROVED).winners == {"a", "b", "c"}


def test_no_points_are_zero_points():
    poll = Poll.of("ab", {Scores.of({"a": 5}): 2, Scores.of({"a": 1, "b": 4}): 3})
    result = Score().count(poll)
    assert result.details.totals == {"a": 13, "b": 12}
    assert result.details.spoke == {"a": 5, "b": 3}
    assert result.winners == {"a"}


def test_votes_against_count_against():
    poll = Poll.of("ab", {Credits.of({"a": 6, "b": 8}): 1, Credits.of({"b": -3, "a": 1}): 1})
    assert Quadratic(100, against=True).count(poll).details.totals == {"a": 7, "b": 5}
    assert cost(Credits.of({"a": 6, "b": -8})) == 100


@pytest.mark.parametrize(
    ("rule", "ballot"),
    [
        (Score(5), Scores.of({"a": 6})),
        (Score(5), Scores.of({"a": -1})),
        (MostDots(5), Dots.of({"a": 3, "b": 3})),
        (MostDots(5), Dots.of({"a": 6, "b": -1})),
        (MostDots(5, each=2), Dots.of({"a": 3})),
        (Quadratic(100), Credits.of({"a": 8, "b": 7})),
        (Quadratic(100), Credits.of({"a": -1})),
        (MostApproved(seats=0), Approval()),
    ],
)
def test_a_ballot_beyond_the_limits_is_not_counted(rule, ballot):
    with pytest.raises(Unfit):
        rule.count(Poll.of("ab", {ballot: 1}))
