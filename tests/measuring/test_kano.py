"""Kano: the table, the coefficients that were published with it, and a test that says when most is chance."""

from collections import Counter

import pytest

from palabre.measuring.kano import FEELINGS, category, differs, judge, tally

# Sauerwein, Bailom, Matzler and Hinterhuber, The Kano Model: How to delight your customers (Innsbruck 1996), table 4
# and the coefficients after it, which they round: in thousandths of those asked, on skis.
SKIS = {
    "edge grip": ({"A": 70, "O": 323, "M": 493, "I": 95, "R": 3, "Q": 15}, "M", 0.40, 0.83),
    "ease of turn": ({"A": 104, "O": 451, "M": 305, "I": 115, "R": 12, "Q": 12}, "O", 0.57, 0.78),
    "service": ({"A": 638, "O": 216, "M": 29, "I": 85, "R": 7, "Q": 25}, "A", 0.89, 0.25),
}


@pytest.mark.parametrize("feature", SKIS)
def test_the_published_coefficients_and_categories(feature):
    counts, is_, better, worse = SKIS[feature]
    found = tally(Counter(counts))
    assert found.category == is_
    assert abs(found.better.value - better) <= 0.01 and abs(found.worse.value - worse) <= 0.01
    assert found.clear
    assert found.better.value in found.better.interval


def test_the_table_of_pairs():
    """Berger et al. 1993, the evaluation table, by its corners and edges."""
    assert category("like", "dislike") == "O"
    assert {category("like", each) for each in FEELINGS[1:4]} == {"A"}
    assert {category(each, "dislike") for each in FEELINGS[1:4]} == {"M"}
    assert {category(there, missing) for there in FEELINGS[1:4] for missing in FEELINGS[1:4]} == {"I"}
    assert {category(each, "like") for each in FEELINGS[1:]} == {"R"}
    assert category("like", "like") == category("dislike", "dislike") == "Q"


def test_between_equals_stands_what_would_hurt_first():
    found = judge([("like", "neutral")] * 5 + [("neutral", "dislike")] * 5)
    assert (found.category, found.second, found.clear) == ("M", "A", False)
    equals = tally(Counter("RIAOM"))
    assert (equals.category, equals.second) == ("M", "O")


def test_fong_needs_a_difference_beyond_chance():
    """By hand: 40 and 30 of 100; 1.65 times the root of 70 x 130 / 200 is 11.1, and 10 is less."""
    assert not differs(40, 30, 100)
    assert differs(42, 30, 100)


def test_many_questionable_answers_say_that_the_question_was_not_understood():
    assert judge([("like", "like")] + [("like", "dislike")] * 10).is_questionable
    assert not judge([("like", "dislike")] * 10).is_questionable
    assert judge([]).category is None
