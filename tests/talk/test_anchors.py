"""A remark on a passage finds it again, or says that it has changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.talk.anchors import Anchor, anchor, anchor_in, fragment, place, plain

TEXT = "La fibre est posée. On mesure.\n\nLa fibre est coupée. On mesure encore."


def test_the_second_of_two_equal_passages_is_the_one_that_was_chosen():
    kept = anchor(TEXT, "On mesure", prefix="coupée. ")
    assert kept is not None
    start, end = kept.find(TEXT)
    assert plain(TEXT)[start:end] == "On mesure"
    assert plain(TEXT)[:start].endswith("coupée. ")


def test_the_passage_is_found_after_other_passages_changed():
    kept = anchor(TEXT, "La fibre est coupée")
    assert kept.find("Une phrase devant. " + TEXT.replace("posée", "tirée")) is not None


def test_a_passage_that_was_rewritten_is_not_found():
    kept = anchor(TEXT, "La fibre est coupée")
    assert kept.find(TEXT.replace("coupée", "rompue")) is None


def test_a_quotation_the_text_never_held_has_no_anchor():
    assert anchor(TEXT, "le cuivre") is None
    assert anchor(TEXT, "   ") is None
    assert Anchor("").find(TEXT) is None


@given(st.text(min_size=1), st.data())
def test_any_passage_of_any_text_is_found_where_it_stands(text, data):
    shown = plain(text)
    start = data.draw(st.integers(0, len(shown)))
    end = data.draw(st.integers(start, len(shown)))
    quote = plain(shown[start:end])
    kept = anchor(text, quote)
    assert kept is None if not quote else plain(text)[slice(*kept.find(text))] == kept.exact


SHOWN = '<p>Vu avec <a class="mention" href="/people/3-awa/" data-said="@awa">@Awa Kanté-Diop</a>, puis mesuré.</p>\n'


@pytest.mark.parametrize(
    ("quote", "kept", "prefix"),
    [
        ("avec @Awa Kanté-Diop, puis", "avec @awa, puis", "Vu "),
        ("Kanté-Diop, puis", "@awa, puis", "Vu avec "),
        ("Vu avec @Awa", "Vu avec @awa", ""),
        ("Kanté", "@awa", "Vu avec "),
        ("avec @awa, puis", "avec @awa, puis", "Vu "),
        ("puis mesuré", "puis mesuré", "Vu avec @awa, "),
        ("Vu avec", "Vu avec", ""),
    ],
)
def test_a_passage_with_a_mention_is_kept_as_the_text_says_it(quote, kept, prefix):
    found = anchor_in(SHOWN, quote)
    assert (found.exact, found.prefix) == (kept, prefix)


def test_the_surroundings_a_reader_sees_choose_among_equal_passages():
    found = anchor_in(SHOWN + "<p>Vu avec Tom, puis mesuré.</p>", "puis mesuré", "@Awa Kanté-Diop, ")
    assert found.prefix == "Vu avec @awa, "


def test_an_address_names_what_surrounds_a_passage_that_stands_more_than_once():
    text = "Brancher l'ONT.\nPuis l'ONT clignote.\nÉteindre l'ONT"
    spans = [found.span() for found in re.finditer("l'ONT", plain(text))]
    assert [fragment(text, span) for span in spans] == [
        ":~:text=Brancher-,l%27ONT,-.",
        ":~:text=Puis-,l%27ONT,-clignote.",
        ":~:text=%C3%89teindre-,l%27ONT",
    ]
    assert [place(text, start, "l'ONT") for start, _end in spans] == [0, 1, 2]
    assert fragment(text, Anchor("clignote").find(text)) == ":~:text=clignote"
    assert fragment("a-b", (0, 3)) == ":~:text=a%2Db"
