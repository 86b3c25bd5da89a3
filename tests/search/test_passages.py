"""Passages: the right words marked, and nothing alive in them."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.authoring.rendering import render
from palabre.kit.html import strip
from palabre.search.passages import Marker
from palabre.search.query import parse

TEXT = "Le réseau est ouvert. " * 30 + "Le délai moyen d’un raccordement est de 21 jours. Voilà tout. " + "Fin. " * 90


def marker(query):
    return Marker.of(parse(query))


def test_other_forms_of_the_word_are_marked_in_the_language_of_the_text():
    assert marker("ecole installer").title("L’école installée", "fr") == "L’<mark>école</mark> <mark>installée</mark>"
    assert marker("run").title("He was running", "en") == "He was <mark>running</mark>"


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("coeur", "Au cœur, les Cœurs, le coeur", ["cœur", "Cœurs", "coeur"]),
        ("œuvres", "L’œuvre, un chef-d’œuvre, désœuvré, OEUVRES", ["œuvre", "œuvre", "OEUVRES"]),
        ("strasse", "Die Straße, die Strasse", ["Straße", "Strasse"]),
    ],
)
def test_letters_written_in_one_are_marked_as_those_written_apart(query, text, marked):
    assert re.findall("<mark>(.*?)</mark>", marker(query).passage([text], "fr")) == marked


def test_a_prefix_is_marked():
    assert marker("inst*").title("Une installation", "fr") == "Une <mark>installation</mark>"


def test_what_is_excluded_and_what_is_small_is_not_marked():
    assert "mark" not in marker("-réseau").title("Le réseau", "fr")
    assert marker("le réseau").title("Le réseau", "fr") == "Le <mark>réseau</mark>"


def test_the_passage_holds_the_words_and_starts_with_a_sentence():
    passage = marker("délai raccordement").passage([TEXT], "fr")
    assert "<mark>délai</mark>" in passage
    assert "<mark>raccordement</mark>" in passage
    assert len(re.sub("<[^>]+>", "", passage)) < 330


def plain(passage):
    return unescape(re.sub("<[^>]+>", "", passage))


@pytest.mark.parametrize("end", ["Raccordement", "Voir aussi.\n\nRaccordement\n\n", "- cuivre\n- raccordement"])
def test_at_the_end_of_a_text_the_passage_says_what_leads_there(end):
    passage = marker("raccordement").passage(["Le réseau est ouvert à tous. " * 30 + "\n\n" + end], "fr")
    assert "<mark>" in passage
    assert 120 < len(plain(passage)) < 260
    assert plain(passage).startswith("Le réseau")


@given(
    st.lists(st.sampled_from(["le ", "fibre ", "réseau. ", "\n\n", "— ", "mot" * 30 + " ", "!"]), min_size=1),
    st.integers(0, 400),
)
def test_a_passage_is_as_long_as_its_text_allows_and_never_endless(pieces, place):
    text = "".join([*pieces[:place], "raccordement ", *pieces[place:]])
    passage = marker("raccordement").passage([text], "fr")
    assert "<mark>raccordement" in passage
    assert min(len(text.strip()), 120) / 3 - 4 <= len(passage) <= 600


def test_without_a_word_in_the_text_the_comments_are_looked_at_then_its_beginning_shown():
    assert "<mark>cuivre</mark>" in marker("cuivre").passage(["Du verre.", "Et le cuivre ?"], "fr")
    assert marker("cuivre").passage(["Du verre."], "fr") == "Du verre."


def test_a_title_answers_when_it_holds_every_word():
    assert marker("plafond roaming").answered_by("Roaming : le plafond", "fr")
    assert not marker("plafond roaming").answered_by("Le roaming, mode d’emploi", "fr")
    assert marker("plaf*").answered_by("Le plafond", "fr")


def test_list_items_and_cells_are_told_apart_unless_their_punctuation_does():
    html = render(
        "## À prévoir\n\n- la fibre\n- une échelle\n\n|Prix|Délai|\n|-|-|\n|12|21 jours|\n\nVoilà.\n\nFin"
    ).html
    passage = marker("prévoir délai").passage([strip(html)], "fr")
    marked = "À <mark>prévoir</mark> · la fibre · une échelle · Prix · <mark>Délai</mark> · 12 · 21 jours · Voilà. Fin"
    assert passage == marked
    assert marker("fibre").passage(["une\nfibre\n\n"], "fr") == "une <mark>fibre</mark>"


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script> fibre", "fibre <img src=x onerror=fibre>", '"><b>fibre']
)
def test_no_markup_of_the_text_survives(payload):
    for html in (marker("fibre script b").passage([payload], "fr"), marker("fibre img").title(payload, "fr")):
        assert set(re.findall(r"<[^>]*>", html)) <= {"<mark>", "</mark>"}


@given(st.text(alphabet="<>&\"' fibreé\n.", max_size=600), st.text(alphabet='fibre"*-() ', max_size=20))
def test_a_title_marked_is_the_title(text, query):
    marked = marker(query).title(text, "fr")
    assert set(re.findall(r"<[^>]*>", marked)) <= {"<mark>", "</mark>"}
    assert unescape(re.sub(r"</?mark>", "", marked)) == " ".join(text.split())
