"""Best-worst: designs are even, and the scores are those that were published for the closed form and the model."""

import math
import random
from collections import Counter
from itertools import combinations

import pytest

from palabre.measuring.bestworst import Choice, closed, design, fit, weigh


@pytest.mark.parametrize(
    ("shown", "best", "worst", "value", "error"), [(7145, 1733, 1324, 0.115, 0.017), (100, 40, 10, 0.619, 0.148)]
)
def test_the_closed_form_gives_the_published_figures(shown, best, worst, value, error):
    """Lipovetsky and Conklin (J. Choice Modelling 2014, 10:60), table 6, as the R package bwsTools (White) tests it."""
    found = closed(shown, best, worst)
    assert (round(found.value, 3), round(found.error, 3)) == (value, error)


@pytest.mark.parametrize("items", range(4, 17))
def test_each_item_is_shown_as_often_and_once_in_each_place(items):
    made = design(items)
    assert Counter(place for each in made.sets for place in each) == dict.fromkeys(range(items), made.shown)
    assert made.shown >= 3
    for column in zip(*made.sets, strict=True):
        assert len(set(column)) == items
    meetings = Counter(frozenset(pair) for each in made.sets for pair in combinations(each, 2))
    assert len(meetings) == items * (items - 1) // 2
    assert made.together[1] - made.together[0] <= 1


def test_where_there_is_a_balanced_design_it_is_found():
    assert design(7).together == (2, 2)  # the complement of Fano's plane: 7 sets of 4, every two meet twice
    assert design(4).together == (2, 2)


def test_scores_are_counted_and_sorted():
    choices = [Choice(("a", "b", "c"), "a", "c")] * 3 + [Choice(("a", "b", "c"), "b", "c")]
    found = {each.item: each for each in weigh(["a", "b", "c"], choices)}
    assert [each.item for each in weigh(["a", "b", "c"], choices)] == ["a", "b", "c"]
    assert (found["a"].score, found["b"].score, found["c"].score) == (0.75, 0.25, -1)
    assert math.isclose(sum(each.preference for each in found.values()), 1)
    assert math.isfinite(found["c"].closed.value)
    assert found["a"].shown == 4


def test_the_model_finds_the_utilities_that_made_the_choices():
    """Answers drawn from the model itself: what made them lies within two and a half errors of what is found."""
    true, rng = {"a": 1.0, "b": 0.5, "c": 0.0, "d": -0.5, "e": -1.0}, random.Random(7)
    items = list(true)
    choices = []
    for _person in range(300):
        for places in design(5).sets:
            shown = tuple(items[place] for place in places)
            pairs = [(one, other) for one in shown for other in shown if one != other]
            best, worst = rng.choices(pairs, [math.exp(true[one] - true[other]) for one, other in pairs])[0]
            choices.append(Choice(shown, best, worst))
    for item, found in zip(items, fit(items, choices), strict=True):
        assert abs(found.value - true[item]) < 2.5 * found.error + 0.01
        assert found.error < 0.1


def test_nonsense_is_left_out():
    assert all(each.shown == 0 for each in weigh(["a", "b"], [Choice(("a", "b"), "a", "a"), Choice(("a",), "a", "b")]))
