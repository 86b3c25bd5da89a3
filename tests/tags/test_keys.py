"""Tags that differ only by case or accent are one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palabre.tags.keys import LONGEST, fold, key_of, name_of


@pytest.mark.parametrize(
    "written",
    ["Éligibilité", "eligibilite", "ELIGIBILITE\u0301", "#éligibilité", "  Eligibilité ", "élig\uff49bilité"],
)
def test_case_accent_and_sign_make_no_other_tag(written):
    assert key_of(written) == "eligibilite"


def test_words_of_a_tag_are_joined_in_its_key_and_kept_in_its_name():
    assert name_of(" #Fibre   de Thiès ") == "Fibre de Thiès"
    assert key_of("Fibre_de thiès") == "fibre-de-thies"


@pytest.mark.parametrize(("a", "b"), [("œuvre", "oeuvre"), ("Straße", "strasse"), ("l’eau", "l'eau"), ("Łódź", "lodz")])
def test_ligatures_and_their_letters_are_one(a, b):
    assert key_of(a) == key_of(b)


def test_vowel_signs_that_make_another_word_are_kept():
    assert key_of("किताब") != key_of("कतब")


def test_what_an_address_or_an_intersection_reserves_is_no_part_of_a_key():
    assert key_of("a+b/c?d") == "a-b-c-d"
    assert key_of("+/#") == ""


@given(st.text(max_size=200))
@example("\uff06")  # a full-width ampersand, which folding makes an ordinary one
def test_any_input_gives_a_stable_key(written):
    key = key_of(written)
    assert key_of(key) == key
    assert not set(key) & set("#+/? \n")
    assert len(name_of(written)) <= LONGEST
    assert fold(fold(written)) == fold(written)
