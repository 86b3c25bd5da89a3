"""Differences and authorship: nothing is invented, every line has its author."""

from hypothesis import given
from hypothesis import strategies as st

from palabre.authoring.blame import Line, attribute
from palabre.authoring.difference import compare, words

texts = st.lists(st.text(alphabet="ab c", max_size=6), max_size=10).map("\n".join)


def lines_without(rows, fate):
    return ["".join(run.text for run in row.runs if run.fate != fate) for row in rows if row.fate != fate]


@given(texts, texts)
def test_the_rows_contain_both_texts(before, after):
    before, after = f"{before}\nold end", f"{after}\nnew end"
    rows = compare(before, after, context=1_000)
    assert lines_without(rows, "added") == before.splitlines()
    assert lines_without(rows, "removed") == after.splitlines()


def test_a_changed_word_is_the_only_thing_marked():
    runs = words("le délai est de 21 jours", "le délai est de 14 jours")
    changed = [(run.fate, run.text) for run in runs if run.fate != "same"]
    assert changed == [("removed", "21"), ("added", "14")]


def test_words_that_were_replaced_are_read_together():
    runs = words("Appelez le bureau de Thiès", "Appelez un guichet ouvert de Thiès")
    changed = [(run.fate, run.text) for run in runs if run.fate != "same"]
    assert changed == [("removed", "le bureau"), ("added", "un guichet ouvert")]
    assert [run.fate for run in words("un, deux trois", "un ; deux, trois")].count("same") > 2


def test_a_line_with_hardly_a_word_of_the_former_one_is_shown_whole():
    before = "Un autre texte sur les câbles de Thiès, et tout ce qui va avec."
    after = "La version de Nadia, elle aussi différente, plus courte."
    assert [(row.fate, len(row.runs)) for row in compare(before, after)] == [("removed", 1), ("added", 1)]
    assert [row.fate for row in compare(before, before.replace("Thiès", "Mbour"))] == ["changed"]


def test_long_unchanged_stretches_are_counted():
    same = "\n".join(f"ligne {number}" for number in range(40))
    rows = compare(f"{same}\nfin", f"{same}\nFIN")
    assert [row.skipped for row in rows if row.skipped] == [38]


def test_each_line_belongs_to_the_version_that_brought_it():
    lines = attribute([(1, "a\nb\nc"), (2, "a\nB\nc"), (3, "a\nB\nc\nd")])
    assert lines == [Line(1, "a"), Line(2, "B"), Line(1, "c"), Line(3, "d")]


@given(st.lists(texts, min_size=1, max_size=5))
def test_attributed_lines_are_the_last_text(versions):
    lines = attribute(enumerate(versions))
    assert [line.text for line in lines] == versions[-1].splitlines()


def test_a_very_long_line_is_compared_in_a_moment_and_whole():
    before = "".join(f"{number % 7} mots. " for number in range(20_000))
    for length in (20_000, len(before)):
        text = before[:length]
        runs = words(text, text.replace("3", "trois", 40))
        assert "".join(run.text for run in runs if run.fate != "added") == text
        assert "trois" in "".join(run.text for run in runs if run.fate == "added")
    blank = "\n\nx" * 20_000
    assert lines_without(compare(blank, f"{blank}\nfin", context=100_000), "removed")[-1] == "fin"
