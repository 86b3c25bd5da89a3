"""Few unanimous votes say less than many."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.questions.ranking import lower_bound, ranked

NUMBERS = st.integers(0, 10_000)


@dataclass
class One:
    pk: int
    ups: int = 0
    downs: int = 0
    is_accepted: bool = False


@pytest.mark.parametrize(
    ("ups", "downs", "bound"),
    [(10, 0, 0.722), (90, 10, 0.826), (1, 0, 0.207), (0, 1, 0.0), (0, 0, 0.0), (5, 5, 0.237), (81, 63, 0.481)],
)
def test_the_bound_is_that_of_wilson(ups, downs, bound):
    assert lower_bound(ups, downs) == pytest.approx(bound, abs=0.0006)


@given(NUMBERS, NUMBERS)
def test_the_bound_lies_below_the_share_and_within_nought_and_one(ups, downs):
    share = ups / (ups + downs) if ups + downs else 0
    assert 0 <= lower_bound(ups, downs) <= share + 1e-12


@given(NUMBERS, NUMBERS)
def test_a_vote_for_never_lowers_it_and_a_vote_against_never_raises_it(ups, downs):
    assert lower_bound(ups + 1, downs) >= lower_bound(ups, downs) - 1e-12
    assert lower_bound(ups, downs + 1) <= lower_bound(ups, downs) + 1e-12


def test_many_votes_stand_before_few_and_the_accepted_before_all():
    few, many, doubted, accepted, none = One(1, 2), One(2, 90, 10), One(3, 0, 3), One(4, 0, 9, True), One(5)
    assert ranked([few, none, doubted, many, accepted]) == [accepted, many, few, none, doubted]
