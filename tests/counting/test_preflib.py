"""Ballots as PrefLib publishes them, in all its forms, are read as they were cast."""

import pytest

from palabre.counting import preflib
from palabre.counting.ballots import Approval, Grades, Ranking, Unfit

NAMES = """\
# FILE NAME: 00001-00000001.toi
# TITLE: Where do we meet?
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 10
# ALTERNATIVE NAME 1: Memphis
# ALTERNATIVE NAME 2: Nash: ville
# ALTERNATIVE NAME 3: Chattanooga
# ALTERNATIVE NAME 4: Knoxville
"""
CATEGORIES = "".join(f"# CATEGORY NAME {n}: {name}\n" for n, name in enumerate(("Yes", "Maybe", "No"), 1))


def test_orders_are_read_with_equals_cut_short_and_empty():
    found = preflib.read(NAMES + "4: 1,2,3,4\n3: 2,{3,4}\n2: 4\n1:\n")
    assert (found.title, list(found.names.values())[1]) == ("Where do we meet?", "Nash: ville")
    assert found.ballots == {
        Ranking.of("1", "2", "3", "4"): 4, Ranking.of("2", ("3", "4")): 3, Ranking.of("4"): 2, Ranking(): 1,
    }  # fmt: skip
    assert found.poll().options == ("1", "2", "3", "4") and found.poll().votes == 10


def test_a_file_from_before_2022_is_read_too():
    found = preflib.read("3\n1,Awa\n2,Marc, le grand\n3,Tom\n10,10,2\n6,1,{2,3}\n4,3,2\n")
    assert found.names == {"1": "Awa", "2": "Marc, le grand", "3": "Tom"}
    assert found.ballots == {Ranking.of("1", ("2", "3")): 6, Ranking.of("3", "2"): 4}


def test_of_two_categories_the_first_is_approved_of_more_they_are_grades():
    two = preflib.read(NAMES + CATEGORIES.replace("# CATEGORY NAME 3: No\n", "") + "3: {1, 2},{3,4}\n1: {},4\n",
                       categories=True)  # fmt: skip
    assert two.ballots == {Approval(frozenset("12")): 3, Approval(): 1}
    three = preflib.read(NAMES + CATEGORIES + "3: {1,2},3,{4}\n2: {},{1,3},{}\n", categories=True)
    assert three.categories == 3
    assert three.ballots == {Grades.of({"1": 2, "2": 2, "3": 1, "4": 0}): 3, Grades.of({"1": 1, "3": 1}): 2}


@pytest.mark.parametrize("text", [
    "", "nonsense", "0\n", "2\n1,A\n", "2\n1,A\n3,B\n1,1,1\n", f"{NAMES}4: 1,,2\n", f"{NAMES}4: 1,2,\n",
    f"{NAMES}4: 1,{{2\n", f"{NAMES}4: 1,1\n", f"{NAMES}4: 5\n", f"{NAMES}0: 1\n", f"{NAMES}x: 1\n", f"{NAMES}-1: 1\n",
    NAMES.replace("ALTERNATIVES: 4", "ALTERNATIVES: 5") + "4: 1\n", f"{NAMES}4: ²\n", f"{NAMES}1.5: 1\n",
])  # fmt: skip
def test_what_is_in_no_such_form_is_refused_in_a_sentence(text):
    with pytest.raises(Unfit, match=r"^[A-Z].*\."):
        preflib.read(text)


@pytest.mark.parametrize("line", ["1: 1,2,3,4", "1: {1,2},2", "1: 5", "1: {1}}"])
def test_a_ballot_of_categories_holds_each_alternative_once(line):
    with pytest.raises(Unfit):
        preflib.read(NAMES + CATEGORIES + line, categories=True)
    with pytest.raises(Unfit):
        preflib.read(NAMES + "1: 1,2", categories=True)
