"""Edits of which nobody need hear change how a text is written; whatever may change what it says is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.authoring.slightness import MOST_MENDED, is_slight

TEXT = "Le réseau s’arrête à Thiès, après 14 jours ; demandez à @awa, ou lisez [[Plan]]."
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9)


@pytest.mark.parametrize(
    "after",
    [
        "le reseau s'arrête à THIÈS, après 14 jours; demandez à @awa, ou lisez [[Plan]]",
        "Le **réseau**\n\ns’arrête à Thiès – après 14 jours ; demandez à @awa, ou lisez [[Plan]].",
        "Le résseau s’arrête à Thiès, après 14 jours ; demadnez à @awa, ou lisez [[Plan]].",
    ],
)
def test_how_it_is_written_is_slight(after):
    assert is_slight(TEXT, after)
    assert is_slight(after, TEXT)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("14", "15"), ("@awa", "@awas"), ("@awa", "Awa"), ("[[Plan]]", "[[Plans]]"), ("[[Plan]]", "Plan"),
        ("réseau", "réseau ne"), ("à Thiès", "Thiès"), ("Thiès", "Thianès"), ("jours", "tours"), ("lisez", ""),
    ],
)  # fmt: skip
def test_what_may_change_its_meaning_is_not(word, other):
    assert not is_slight(TEXT, TEXT.replace(word, other, 1))


def test_many_mended_words_are_another_text():
    words = [f"developement{letter}" for letter in "abcdefgh"]
    mended = [word.replace("lope", "loppe") for word in words]
    assert is_slight(" ".join(words), " ".join(mended[:MOST_MENDED] + words[MOST_MENDED:]))
    assert not is_slight(" ".join(words), " ".join(mended))


@given(words=st.lists(LETTERS, max_size=30), place=st.integers(0, 30), word=LETTERS)
def test_a_word_that_comes_or_goes_is_never_slight(words, place, word):
    before, after = " ".join(words), " ".join([*words[:place], word, *words[place:]])
    assert not is_slight(before, after) and not is_slight(after, before)
    assert is_slight(after, after.upper())
