"""Scores and cells: the published figures, and intervals that say how much they are worth."""

from collections import Counter

import pytest

from palabre.measuring.cells import compare
from palabre.measuring.intervals import Share, difference, mean, student
from palabre.measuring.scores import Promoters, effort, promoters, satisfied


def test_the_net_promoter_score_has_the_adjusted_wald_interval():
    """By the formula of Rocks (The American Statistician 2016, 70:365): 50 promoters, 30 passives, 20 detractors."""
    found = promoters([10] * 25 + [9] * 25 + [7] * 15 + [8] * 15 + [6] * 10 + [0] * 10)
    assert found == Promoters(50, 30, 20)
    assert found.score == 30
    assert (round(found.interval.low, 1), round(found.interval.high, 1)) == (14.1, 44.2)


def test_a_score_of_few_says_how_little_it_knows():
    assert promoters([10, 10, 10]).interval.low < 0 < promoters([10, 10, 10]).interval.high
    assert promoters([]).score == 0


@pytest.mark.parametrize(("part", "whole", "low", "high"), [(10, 10, 0.722, 1.0), (90, 100, 0.826, 0.945)])
def test_shares_have_wilsons_interval(part, whole, low, high):
    found = Share(part, whole).interval
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


def test_a_difference_has_newcombes_interval():
    """Newcombe 1998 (Statistics in Medicine 17:873), table II, method 10: 56/70 less 48/80 is 0.2, [0.0524, 0.3339]."""
    found = difference(Share(56, 70), Share(48, 80))
    assert round(found.value, 4) == 0.2
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.0524, 0.3339)
    assert found.is_sure
    assert not difference(Share(5, 10), Share(4, 10)).is_sure


def test_a_mean_has_students_interval():
    assert [round(student(freedom), 3) for freedom in (4, 9, 12, 30)] == [2.776, 2.262, 2.179, 2.042]
    found = effort([5, 6, 7, 6, 6])
    assert (found.value, found.number) == (6, 5)
    assert round(found.interval.high - 6, 3) == round(2.776 * (0.5 / 5) ** 0.5, 3)
    assert mean([4]).interval is None


def test_who_is_content_gave_four_or_five():
    assert satisfied([1, 2, 3, 4, 5, 5]) == Share(3, 6)


def test_a_concept_wins_only_if_it_is_surely_above_every_other():
    sure = compare({"a": [5] * 40 + [1] * 10, "b": [5] * 20 + [1] * 30, "c": [4] * 15 + [2] * 35})
    assert [cell.name for cell in sure.cells] == ["a", "b", "c"]
    assert sure.winner.name == "a"
    assert compare({"a": [5] * 6 + [1] * 4, "b": [5] * 5 + [1] * 5}).winner is None
    assert Counter(len(each) for each in (sure.gaps, compare({"a": [5]}).gaps)) == {3: 1, 0: 1}
