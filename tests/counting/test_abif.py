"""Ballots as election researchers write them down, a pile a line, are read as they were cast."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.counting import abif
from palabre.counting.ballots import Approval, Ranking, Scores, Unfit
from palabre.counting.poll import Poll

NAMED = """\
ABIF 1.0
# where the voters live
{version: "0.1"}
{"title": "Capital \\"of\\" Tennessee"}
=Mem:[Memphis, TN]
=[Nash ville]:[Nashville, TN]
"""


def test_orders_are_read_with_names_equals_remarks_and_empty_ballots():
    found = abif.read(NAMED + '42: Mem > [Nash ville] = c-3\n26 * c-3: {"precinct": 51}\n5:\n\n15:c-3\n')
    assert found.title == 'Capital "of" Tennessee'
    assert found.names == {"Mem": "Memphis, TN", "Nash ville": "Nashville, TN", "c-3": "c-3"}
    assert found.rankings == {Ranking.of("Mem", ("Nash ville", "c-3")): 42, Ranking.of("c-3"): 41, Ranking(): 5}
    assert found.scores is None and found.is_ordered
    with pytest.raises(Unfit):
        found.poll("scores")


def test_points_are_read_and_are_an_order_too():
    found = abif.read("3: a/2, b/5, d, c/2\n1: c/1\n")
    assert (found.highest, found.is_ordered) == (5, False)
    assert found.scores == {Scores.of({"a": 2, "b": 5, "c": 2}): 3, Scores.of({"c": 1}): 1}
    assert found.rankings == {Ranking.of("b", ("a", "c")): 3, Ranking.of("c"): 1}
    assert found.poll("scores").options == ("a", "b", "d", "c")
    assert abif.read("1: a/1>b/5\n").rankings == {Ranking.of("a", "b"): 1}


def test_what_nobody_orders_is_approved():
    said = abif.read("3: a=b\n2: c\n").poll("approval")
    assert dict(said.piles) == {Approval(frozenset("ab")): 3, Approval(frozenset("c")): 2}
    assert isinstance(abif.read("3: a>b\n").poll("approval").piles[0][0], Ranking)


@pytest.mark.parametrize("text", [
    "", "# nothing\n", "nonsense", "=a:[Awa]\n", "0: a\n", "-1: a\n", "1.5: a\n", "²: a\n", "1: a>\n", "1: a,\n",
    "1: a>>b\n", "1: a>a\n", "1: [a>b\n", "1: a/x\n", "1: a/-1\n", "1: a/1.5\n", "1: a b\n", "1: >a\n", "5:\n",
    "1: " + ">".join(map(str, range(10_001))),
])  # fmt: skip
def test_what_is_in_no_such_form_is_refused_in_a_sentence(text):
    with pytest.raises(Unfit, match=r"^[A-Z].*\."):
        abif.read(text)


NAMES = {"1": "Café [noir]", "2": "Thé", "3": 'Eau "plate"'}


@given(st.lists(st.lists(st.sampled_from([*NAMES]), unique=True), min_size=1))
def test_orders_that_are_written_are_read_as_they_were(orders):
    poll = Poll.of([*NAMES], Counter(Ranking.of(*order[:1], *([order[1:]] if order[1:] else [])) for order in orders))
    found = abif.read(abif.write('Quoi "boire" ?', NAMES, poll))
    assert found.title == 'Quoi "boire" ?'
    assert found.names == {"o1": "Café (noir)", "o2": "Thé", "o3": 'Eau "plate"'}
    back = {Ranking(tuple(tuple(f"o{each}" for each in rank) for rank in said.ranks)): n for said, n in poll.piles}
    assert found.rankings == back


def test_points_and_approvals_that_are_written_are_read_as_they_were():
    points = Poll.of([*NAMES], {Scores.of({"1": 5, "2": 0, "3": 2}): 3, Scores.of({"1": 0, "2": 1, "3": 1}): 1})
    found = abif.read(abif.write("?", NAMES, points))
    assert found.scores == {Scores.of({"o1": 5, "o2": 0, "o3": 2}): 3, Scores.of({"o1": 0, "o2": 1, "o3": 1}): 1}
    assert not found.is_ordered
    live = Poll.of([*NAMES], {Approval(frozenset("13")): 2, Approval(): 1})
    back = abif.read(abif.write("?", NAMES, live)).poll("approval")
    assert dict(back.piles) == {Approval(frozenset({"o1", "o3"})): 2, Approval(): 1}
