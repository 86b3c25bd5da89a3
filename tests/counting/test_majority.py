"""Majority: of what, how much, and more than or at least."""

from fractions import Fraction

import pytest

from palabre.counting.ballots import Choice, Unfit
from palabre.counting.majority import Majority
from palabre.counting.poll import Poll
from palabre.counting.terms import Quorum, Terms
from palabre.counting.ties import Chair, Lot, StatusQuo


def vote(yes, no, abstain=0, **numbers):
    piles = {Choice("yes"): yes, Choice("no"): no, Choice(): abstain}
    return Poll.of(["yes", "no"], {ballot: votes for ballot, votes in piles.items() if votes}, **numbers)


@pytest.mark.parametrize(
    ("base", "carried", "needed"), [("cast", {"yes"}, 6), ("present", set(), 7), ("eligible", set(), 11)]
)
def test_the_base_decides_what_a_share_is_of(base, carried, needed):
    result = Majority(base).count(vote(6, 4, 2, eligible=20))
    assert result.winners == result.sure == carried
    assert (result.details.needed, result.details.abstentions) == (needed, 2)


def test_two_thirds_at_least_are_reached_exactly_and_more_than_that_are_not():
    assert Majority(share=Fraction(2, 3), strict=False).count(vote(8, 4)).winners == {"yes"}
    assert Majority(share=Fraction(2, 3), strict=True).count(vote(8, 4)).winners == set()


def test_a_share_that_is_no_whole_number_of_votes_is_rounded_up():
    assert Majority(share=Fraction(2, 3), strict=False).count(vote(7, 4)).winners == set()


def test_a_third_is_a_third_and_no_decimal_of_it():
    huge = 10**17
    assert Majority(share=Fraction(1, 3), strict=False).count(vote(huge, 2 * huge)).winners == {"no"}
    only = Majority(share=Fraction(1, 3), strict=True).count(vote(1, 0, 2 * huge, eligible=3 * huge))
    assert only.winners == {"yes"}


def test_nobody_carries_with_no_vote():
    assert Majority("cast", Fraction(0), strict=False).count(vote(0, 0, 3)).winners == set()


def test_who_is_present_may_be_more_than_who_voted():
    assert Majority("present").count(vote(5, 4, present=9)).winners == {"yes"}
    assert Majority("present").count(vote(5, 4, present=10)).winners == set()


@pytest.mark.parametrize(
    ("rule", "winners"), [(None, {"yes", "no"}), (StatusQuo("no"), {"no"}), (Chair(("yes", "no")), {"yes"})]
)
def test_a_tie_falls_as_declared(rule, winners):
    result = Majority(strict=False).count(vote(6, 6), rule)
    assert result.winners == winners
    assert result.decided is (rule is not None)
    assert result.ties[0].by == (rule.name if rule else None)


def test_the_chair_and_what_is_say_who_goes_first_only_where_they_know():
    quo, chair = StatusQuo("as it is"), Chair(("a", "b"))
    assert quo.worst(["as it is", "a"]) == "a"  # what is stays
    assert quo.worst(["as it is", "a", "b"]) is quo.worst(["a", "b"]) is None
    assert (chair.worst(["b", "a"]), chair.best(["c", "b"])) == ("b", "b")
    assert chair.worst(["a", "c"]) is chair.best(["c"]) is None


def test_the_lot_can_be_drawn_again_by_anybody():

    from hashlib import sha256

    sums = {option: sha256(b"seed\n" + option.encode()).hexdigest() for option in ("yes", "no")}
    assert Majority(strict=False).count(vote(6, 6), Lot("seed")).winners == {min(sums, key=sums.get)}


def test_below_the_quorum_nobody_wins_and_the_count_is_shown():
    terms = Terms(Majority(), Quorum(share=Fraction(1, 2)))
    few, enough = terms.count(vote(4, 0, 1, eligible=11)), terms.count(vote(4, 1, 1, eligible=11))
    assert (few.winners, few.sure, few.turnout.reached, few.turnout.needed) == (set(), set(), False, 6)
    assert few.details.votes == {"yes": 4, "no": 0}
    assert (enough.winners, enough.turnout.reached) == ({"yes"}, True)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Majority("everybody"),
        lambda: Majority(share=Fraction(1)),
        lambda: Majority("eligible").count(vote(1, 0)),
        lambda: Quorum(),
        lambda: Quorum(3, Fraction(1, 2)),
        lambda: Quorum(share=Fraction(1, 2)).turnout(3, None),
        lambda: vote(3, 2, present=4),
        lambda: vote(3, 2, eligible=4),
        lambda: Poll.of(["yes", "yes"], {}),
        lambda: Poll.of(["yes"], {Choice("no"): 1}),
        lambda: Poll.of(["yes"], {Choice("yes"): -1}),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(wrong):
    with pytest.raises(Unfit, match=r"^[A-Z0-9].*\S"):
        wrong()
