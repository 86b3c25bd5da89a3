"""A three-way merge takes what both did and never loses a word of either."""

from hypothesis import given
from hypothesis import strategies as st

from palabre.authoring.merging import merge, pieces

line = st.text(alphabet="abc .\n", max_size=12)
texts = st.lists(line, max_size=8).map("\n".join)


@given(texts)
def test_pieces_joined_are_the_text(text):
    assert "".join(pieces(text)) == text


@given(texts, texts, texts)
def test_what_either_side_wrote_is_in_the_outcome(base, theirs, mine):
    outcome = merge(base, theirs, mine)
    known = set(pieces(base))
    kept_theirs = "".join(hunk.theirs for hunk in outcome.hunks)
    kept_mine = "".join(hunk.mine for hunk in outcome.hunks)
    for piece in set(pieces(theirs)) - known:
        assert piece in kept_theirs and piece in outcome.text
    for piece in set(pieces(mine)) - known:
        assert piece in kept_mine and piece in outcome.text


@given(texts, texts)
def test_one_sided_changes_are_taken_whole(base, changed):
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, base).text == changed
    assert merge(base, changed, changed).text == changed


def test_two_sentences_of_one_paragraph_mended_by_two_people_merge():
    base = "Le délai est de 21 jours. On appelle le client. On part à midi.\n"
    theirs = base.replace("21", "14")
    mine = base.replace("midi", "treize heures")
    outcome = merge(base, theirs, mine)
    assert outcome.clean
    assert outcome.text == "Le délai est de 14 jours. On appelle le client. On part à treize heures.\n"


def test_one_sentence_changed_twice_is_shown_side_by_side():
    base = "Avant. Le délai est de 21 jours. Après.\n"
    outcome = merge(base, base.replace("21", "14"), base.replace("21", "7"))
    assert not outcome.clean
    (conflict,) = (hunk for hunk in outcome.hunks if not hunk.agreed)
    assert (conflict.theirs, conflict.mine) == ("Le délai est de 14 jours. ", "Le délai est de 7 jours. ")
    assert "14 jours" in outcome.text and "7 jours" in outcome.text


def test_the_words_of_both_are_a_paragraph_each():
    assert merge("Fin.\n", "Fin ici.\n", "Fin là.\n").text == "Fin ici.\n\nFin là.\n"
    assert merge("Fin", "**Fin** ici", "**Fin** là").text == "**Fin** ici\n\n**Fin** là"
    assert merge("Fin.\n", "", "Fin là.\n").text == "Fin là.\n"


def test_the_rows_of_both_are_neighbours():
    assert merge("- a\n- b\n", "- a\n- c\n", "- a\n- d\n").text == "- a\n- c\n- d\n"
    table = "| A |\n|---|\n| 1 |\n"
    assert merge(table, table.replace("1", "2"), table.replace("1", "3")).text == f"{table.replace('1', '2')}| 3 |\n"
    assert merge("1. a\n", "1. b\n", "1. c\n").text == "1. b\n1. c\n"
