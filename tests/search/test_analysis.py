"""Words as French and English mean them."""

import pytest

from palabre.search import analysis


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("fr", "L’école", "ecoles"),
        ("fr", "d'installations", "installation"),
        ("fr", "jusqu’aux délais", "délai"),
        ("fr", "Les Élèves", "élève"),
        ("fr", "œuvres", "oeuvre"),
        ("en", "Marc’s installations", "installation"),
        ("en", "running", "runs"),
        ("en", "résumés", "resume"),
    ],
)
def test_what_is_written_and_what_is_asked_meet(language, written, asked):
    assert set(analysis.tokens(asked, language)) <= set(analysis.tokens(written, language))


def test_elision_goes_before_the_stem_and_is_no_word():
    assert analysis.tokens("l’école d'été qu’il aujourd’hui", "fr") == ["ecol", "ete", "aujourd'hui"]
    assert analysis.pieces("L’École") == ["école"]


def test_each_language_keeps_the_words_the_other_one_drops():
    assert analysis.tokens("thé", "fr") == ["the"]
    assert analysis.tokens("the", "en") == []
    assert analysis.is_small("the")
    assert not analysis.is_small("fibre")


def test_other_languages_are_found_by_their_words_and_by_their_grams():
    assert analysis.tokens("Ñuul xaalis", "wo") == ["nuul", "xaalis"]
    assert analysis.grams("会議室") == ["会議", "議室"]
    assert analysis.grams("xaalis") == ["xaa", "aal", "ali", "lis"]


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "'", "’" * 50, "a" * 5_000, "﷽", "e\u0301" * 3])
def test_no_text_is_too_strange(text):
    for language in ("fr", "en", "xx"):
        analysis.tokens(analysis.normal(text), language)
