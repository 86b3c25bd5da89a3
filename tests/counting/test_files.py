"""The documents in which a count leaves the house, and comes back the same."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.counting import blt, document
from palabre.counting.ballots import Choice, Ranking, Unfit
from palabre.counting.examples import EXAMPLES
from palabre.counting.majority import Majority
from palabre.counting.poll import Poll
from palabre.counting.result import written
from palabre.counting.terms import Quorum, Terms
from palabre.counting.ties import Chair, Lot, StatusQuo
from tests.counting.making import OPTIONS, polls, rankings

SHEET = """\
# from another program
4 2
-3
12 1 2=4 0
3 - 4 3 1 0
1 0
0
"Awa"
"Moussa \\"Mo\\" Sy"
"Fatou" "Inès"
"Who sits on the council?"
"""


def _written(name, **terms):
    example = EXAMPLES[name]
    said = document.write(
        name, {o: o.title() for o in example.poll.options}, Terms(example.rule, **terms), example.poll
    )
    return json.loads(json.dumps(said))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("ties", [None, Lot("a seed"), StatusQuo("memphis")], ids=["none", "lot", "status-quo"])
def test_a_document_comes_back_and_agrees(name, ties):
    read = document.read(_written(name, ties=ties, quorum=Quorum(number=2)))
    assert read.differences(read.count()) == []
    assert read.terms == Terms(EXAMPLES[name].rule, Quorum(number=2), ties)
    assert dict(read.poll.piles) == dict(EXAMPLES[name].poll.piles)


def test_a_document_keeps_the_chairs_order_and_shares_exactly():
    poll = Poll.of(["yes", "no"], {Choice("yes"): 2, Choice("no"): 1}, eligible=9)
    terms = Terms(Majority("cast", Fraction(2, 3), strict=False), Quorum(share=Fraction(1, 3)), Chair(("no", "yes")))
    said = json.loads(json.dumps(document.write("Now?", {"yes": "Yes", "no": "No"}, terms, poll)))
    assert said["rule"] == {"name": "majority", "base": "cast", "share": "2/3", "strict": False}
    assert document.read(said).terms == terms
    assert document.read(said).count().winners == {"yes"}


def test_a_result_that_was_touched_is_found_out():
    said = _written("schulze")
    said["result"]["winners"] = ["memphis"]
    read = document.read(said)
    assert read.differences(read.count()) == ["winners"]
    del said["result"]["winners"]
    read = document.read(said)
    assert read.differences(read.count()) == ["winners"]
    said = _written("scottish-stv")
    said["ballots"][0]["votes"] -= 1
    said["ballots"][1]["votes"] += 1
    read = document.read(said)
    assert "details" in read.differences(read.count())


def test_the_order_of_ballots_in_a_document_says_nothing_of_when_they_came():
    poll = EXAMPLES["schulze"].poll
    back = Poll.of(poll.options, dict(reversed(poll.piles)))
    names, terms = {option: option for option in poll.options}, Terms(EXAMPLES["schulze"].rule)
    assert document.write("", names, terms, poll) == document.write("", names, terms, back)


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(palabre=2),
        lambda said: said.pop("rule"),
        lambda said: said["rule"].update(name="coin"),
        lambda said: said["rule"].update(seats="3"),
        lambda said: said["rule"].update(seats=True),
        lambda said: said["rule"].update(luck=3),
        lambda said: said.update(kind="scores"),
        lambda said: said.update(ballots=3),
        lambda said: said["ballots"][0].update(votes=0),
        lambda said: said["ballots"][0].update(votes=1.5),
        lambda said: said["ballots"][0].update(ballot=[["orange"], ["orange"]]),
        lambda said: said["ballots"][0].update(ballot=["orange"]),
        lambda said: said["ballots"][0].update(ballot=[["nobody"]]),
        lambda said: said.update(quorum={"share": "1e999999999", "number": None}),
        lambda said: said.update(quorum={"share": "1/0", "number": None}),
        lambda said: said.update(ties={"name": "lot"}),
        lambda said: said.update(options=[{"key": "orange"}]),
        lambda said: said["options"][0].update(title=None),
        lambda said: said.update(result="orange"),
    ],
)
def test_a_document_that_says_something_else_is_refused_in_a_sentence(change):
    said = _written("scottish-stv")
    change(said)
    with pytest.raises(Unfit, match=r"^[A-Za-z0-9].*\."):
        document.read(said).count() if said.get("kind") != "scores" else document.read(said)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("majority-judgement", {"grades": 10**29}), ("dots", {"each": -1}), ("dots", {"dots": 0})],
)
def test_a_rule_with_numbers_that_it_cannot_have_is_refused(name, numbers):
    said = _written(name)
    said["rule"] |= numbers
    with pytest.raises(Unfit):
        document.read(said)


@pytest.mark.parametrize("said", [None, [], 3, {"palabre": 1}, {"palabre": 1, "options": 3}])
def test_what_is_no_document_is_refused(said):
    with pytest.raises(Unfit):
        document.read(said)


def test_a_sheet_is_read_with_equals_gaps_names_and_withdrawals():
    sheet = blt.read(SHEET)
    assert (sheet.title, sheet.seats) == ("Who sits on the council?", 2)
    assert sheet.names == {"1": "Awa", "2": 'Moussa "Mo" Sy', "3": "Fatou", "4": "Inès"}
    assert sheet.ballots == {Ranking.of("1", ("2", "4")): 12, Ranking.of("4", "3", "1"): 3, Ranking(): 1}
    assert sheet.poll().options == ("1", "2", "4")
    assert dict(sheet.poll().piles) == {Ranking.of("1", ("2", "4")): 12, Ranking.of("4", "1"): 3, Ranking(): 1}


def test_names_without_quotation_marks_stand_each_in_a_line():
    """As councils publish them."""
    sheet = blt.read('2 1\n88 2 1 0\n1 0\n0\n\nSmith, Jo (Party #1)\nO\'Neill "Bo"  \nWard 3\n')
    assert sheet.names == {"1": "Smith, Jo (Party #1)", "2": 'O\'Neill "Bo"'}
    assert (sheet.title, sheet.ballots) == ("Ward 3", {Ranking.of("2", "1"): 88, Ranking(): 1})


def test_a_sheet_full_of_nothing_is_refused_at_once():
    for text in (" " * 100_000 + '"', "2 1\n" + "\n# \n" * 20_000 + '"A"'):
        with pytest.raises(Unfit):
            blt.read(text)


@given(polls(rankings()), st.lists(st.text(), min_size=5, max_size=5), st.integers(1, 4))
@settings(deadline=None)
def test_a_sheet_that_was_written_is_read_the_same(poll, names, seats):
    title, *called = (" ".join(name.split()) for name in names)
    sheet = blt.read(blt.write(title, dict(zip(OPTIONS, called, strict=True)), seats, poll))
    number = {option: str(place) for place, option in enumerate(OPTIONS, 1)}
    expected = {
        Ranking(tuple(tuple(number[option] for option in rank) for rank in ballot.ranks)): votes
        for ballot, votes in poll.piles
    }
    assert (sheet.title, list(sheet.names.values()), sheet.seats) == (title, called, seats)
    assert sheet.ballots == expected


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_sheet_is_read_in_the_alphabet_of_its_program(alphabet):
    assert list(blt.read(blt.decoded(SHEET.encode(alphabet))).names.values())[-1] == "Inès"


@pytest.mark.parametrize(
    "text",
    ["", "2", "2 1", "2 1\n1 1 2", "2 1\n1 3 0\n0", "2 1\n1 x 0\n0", "2 1\n0.5 1 0\n0", '2 1\n1 1 0\n0\n"A', "0 0\n0",
     '2 1\n1 1 0\n0\n"A"\n"B"\n"T"\n"more"', "2 1\n1 1 1 0\n0", "2 1\n1 1 0\n0\nloose", "99999999 1\n0", "²  1\n0",
     '2 1\n"1" 1 0\n0', '2 1\n1 1 0\n0\n"A"B\n"C"'],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_in_a_sentence(text):
    with pytest.raises(Unfit):
        blt.read(text)


@given(st.fractions())
@settings(deadline=None)
def test_a_fraction_is_written_exactly(number):
    assert Fraction(written(number)) == number


def test_decimals_that_end_are_written_as_decimals():
    numbers = (Fraction(1, 8), Fraction(-5, 2), Fraction(1, 3), Fraction(7), Fraction(142857, 100000), Fraction(1, 20))
    assert [written(number) for number in numbers] == ["0.125", "-2.5", "1/3", "7", "1.42857", "0.05"]
