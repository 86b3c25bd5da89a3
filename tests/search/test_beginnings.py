"""Words found by how they begin: read as western bytes, or by a regular expression, they are the same."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palabre.search.beginnings import Beginnings, start_of

LETTERS = "aeoscnyzrdb"
TEXT = st.text("aàÀeéÉęoœŒæÆsßšcçnñyÿŸzž dr_'’.–1²\n", max_size=60)
STARTS = st.frozensets(st.text(LETTERS, min_size=1, max_size=4).filter(lambda start: "sss" not in start), max_size=3)


def found(text, *starts, most=80):
    return [text[begin:end] for begin, end in Beginnings(frozenset(starts)).places(text, most)]


@pytest.mark.parametrize("aside", ["", " Łódź, 東京"], ids=["western", "others"])
def test_case_accents_and_joined_letters_do_not_matter(aside):
    text = f"Réseau, RESEAUX et l’œuvre : un œuf, l'oeuf ; straße_strasse irréseau{aside}"
    assert found(text, "resea") == ["Réseau", "RESEAUX"]
    assert found(text, "oeu") == ["œuvre", "œuf", "oeuf"]
    assert found(text, "strass") == ["straße", "strasse"]


@pytest.mark.parametrize("aside", ["", " 東京"], ids=["western", "others"])
def test_no_more_are_found_than_asked_for_and_those_are_the_first(aside):
    text = " ".join(["net", "work"] * 50) + aside
    assert found(text, "wor", "net", most=3) == ["net", "work", "net"]


def test_a_word_of_another_writing_stands_in_no_western_text():
    assert found("Moscow? M", "москв") == []
    assert found("Москва, москвич", "москв") == ["Москва", "москвич"]
    assert [*Beginnings(frozenset(), ("東京",)).places("在東京。", 9)] == [(1, 3)]


@given(TEXT, STARTS)
@example("œ", frozenset({"o"}))
@example("ß.", frozenset({"ss", "s"}))
def test_both_ways_of_reading_find_the_same(text, starts):
    here = Beginnings(starts)
    western = "".join(letter for letter in text if letter != "ę")
    assert [*here.places(western, 80)] == [*here._read(western, 80)]
    assert [*here.places(f"{western} ę", 80)] == [*here._read(f"{western} ę", 80)]


def test_the_start_of_a_word_ends_between_no_two_letters_written_as_one():
    assert start_of("coeur") == "coe"
    assert start_of("strategies") == "strat"
    assert start_of("mass") == "mass"
