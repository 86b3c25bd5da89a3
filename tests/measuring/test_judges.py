"""Few judges, many ideas: the interval of each mean, and the ranks that it leaves open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.measuring.judges import ranked

MARKS = st.lists(st.integers(1, 5), min_size=1, max_size=6)


def test_the_interval_is_that_of_one_way_analysis_of_variance():
    # Three groups of three: squares within are 2 + 2 + 2 on 6 degrees of freedom, so that s = 1; t(.975, 6) = 2.4469.
    found = ranked({"a": [1, 2, 3], "b": [2, 3, 4], "c": [3, 4, 5]}, low=0, high=9)
    assert [place.key for place in found] == ["c", "b", "a"]
    for place in found:
        assert place.interval.high - place.mean == pytest.approx(2.4469 / 3**0.5, abs=1e-4)
        assert (place.first, place.last) == (1, 3)


def test_what_is_far_apart_has_one_rank_and_what_is_not_shares_it():
    found = ranked({"best": [5, 5, 5], "near": [5, 5, 4], "last": [1, 1, 2]})
    assert [(place.key, place.first, place.last) for place in found] == [("best", 1, 2), ("near", 1, 2), ("last", 3, 3)]


def test_judges_who_agree_by_rounding_are_not_sure_beyond_it():
    [place] = ranked({"one": [4, 4]})
    assert place.interval.low < 4 < place.interval.high


def test_one_judge_each_says_nothing_of_the_order():
    found = ranked({"a": [5], "b": [1]})
    assert [(place.first, place.last, place.interval.low, place.interval.high) for place in found] == [(1, 2, 1, 5)] * 2
    assert ranked({"a": []}) == []


@given(st.dictionaries(st.integers(), MARKS, max_size=8))
def test_ranks_are_those_that_the_intervals_leave_open(scores):
    found = ranked(scores)
    assert [place.mean for place in found] == sorted((place.mean for place in found), reverse=True)
    for place in found:
        surely_better = sum(other.interval.low > place.interval.high for other in found)
        surely_worse = sum(other.interval.high < place.interval.low for other in found)
        assert (place.first, place.last) == (1 + surely_better, len(found) - surely_worse)
        assert 1 <= place.interval.low <= place.mean <= place.interval.high <= 5
