"""A remark on a passage finds it again, or says that it has changed."""

from hypothesis import given
from hypothesis import strategies as st

from palabre.talk.anchors import Anchor, anchor, plain

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
