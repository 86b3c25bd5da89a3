"""Majority judgement: medians, and what tells equal ones apart."""

import statistics

from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.counting.ballots import Grades
from palabre.counting.judgement import MajorityJudgement, merit
from palabre.counting.poll import Poll
from tests.counting.making import grades, polls


def graded(**options):
    """`graded(a="44210")`: the grades that five people gave, in the order of the people."""
    people = zip(*options.values(), strict=True)
    piles = {}
    for person in people:
        ballot = Grades.of({option: int(grade) for option, grade in zip(options, person, strict=True)})
        piles[ballot] = piles.get(ballot, 0) + 1
    return Poll.of(list(options), piles)


def test_the_median_of_an_even_number_is_the_lower_one():
    assert merit((0, 1, 1, 0)).median == 1
    assert merit((0, 1, 2, 0)).median == 2


def test_a_median_that_more_would_raise_stands_above_one_that_more_would_lower():
    poll = graded(a="44322", b="43310", c="54333")
    result = MajorityJudgement(6).count(poll)
    assert {option: merit.gauge for option, merit in result.details.merits.items()} == {
        "a": (3, -2),
        "b": (3, -2),
        "c": (3, 2),
    }
    assert result.ranking == (("c",), ("a", "b"))


def test_the_value_tells_apart_what_the_gauge_leaves_equal():
    poll = graded(a="44322", b="44310")
    assert MajorityJudgement(6).count(poll).winners == {"a", "b"}
    assert MajorityJudgement(6, breaking="value").count(poll).winners == {"a"}


def test_the_value_is_the_median_taken_out_again_and_again():
    # Of 10 9 7 6 4 first 7, of 10 9 6 4 then 6, of 10 9 4 then 9 …
    assert merit((0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 1)).value() == (7, 6, 9, 4, 10)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
@settings(deadline=None)
def test_the_value_is_what_lists_say(given_):
    left, expected = sorted(given_), []
    while left:
        expected.append(statistics.median_low(left))
        left.remove(expected[-1])
    assert merit(tuple(given_.count(grade) for grade in range(5))).value() == tuple(expected)


def test_who_does_not_grade_an_option_finds_it_the_worst():
    poll = Poll.of("ab", {Grades.of({"a": 3}): 2, Grades.of({"a": 0, "b": 3}): 1})
    assert [merit.median for merit in MajorityJudgement(4).count(poll).details.merits.values()] == [3, 0]


@given(polls(grades), st.sampled_from(["gauge", "value"]))
@settings(deadline=None)
def test_no_winner_has_a_lower_median_than_another_option(poll, breaking):
    result = MajorityJudgement(5, breaking).count(poll)
    best = max(merit.median for merit in result.details.merits.values())
    assert result.winners
    assert all(result.details.merits[option].median == best for option in result.winners)


@given(polls(grades), grades, st.sampled_from(["gauge", "value"]))
@settings(deadline=None)
def test_a_grade_raised_never_makes_a_winner_lose(poll, ballot, breaking):
    rule = MajorityJudgement(5, breaking)
    before = rule.count(poll)
    for option in before.winners:
        first, votes = poll.piles[0]
        raised = Grades.of(dict(first.marks) | {option: 4})
        piles = dict(poll.piles[1:])
        piles[raised] = piles.get(raised, 0) + votes
        assert option in rule.count(Poll.of(poll.options, piles)).winners
