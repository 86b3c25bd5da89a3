"""The query language: what each thing typed means, and that nothing typed is an error."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.search.bounds import bounds
from palabre.search.clauses import within
from palabre.search.engine import Shelf
from palabre.search.plan import Asked, Width
from palabre.search.query import (
    MAX_CLAUSES,
    And,
    Not,
    Operator,
    Or,
    Phrase,
    Word,
    first_day,
    leaves,
    parse,
    rewrite,
)

SIGNS = [*'ab é"«»“”()-*:\t|.\x00/1会', " OR ", "OU", "kind:", "before:", "in:title ", "links-to:", "is:vérifié ", "-("]
TYPED = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"prise de rendez-vous"', Phrase("prise de rendez-vous")),
        ("« deux mots »", Phrase("deux mots")),
        ("-panne", Not(Word("panne"))),
        ("inst*", Word("inst", prefix=True)),
        ("lyon OR thiès", Or((Word("lyon"), Word("thiès")))),
        ("lyon OU thiès", Or((Word("lyon"), Word("thiès")))),
        ("lyon OR thiès OU dakar", Or((Word("lyon"), Word("thiès"), Word("dakar")))),
        ('-"deux mots"', Not(Phrase("deux mots"))),
        ("-(-panne)", Word("panne")),
        ("-inst*", Not(Word("inst", prefix=True))),
        ("-(lyon OR thiès)", Not(Or((Word("lyon"), Word("thiès"))))),
        ("kind:page", Operator("kind", "page")),
        ("espace:maison", Operator("space", "maison")),
        ("-tag:archive", Not(Operator("tag", "archive"))),
        ('auteur:"Coumba Ndoye"', Operator("author", "Coumba Ndoye")),
        ("dans:titre", Operator("in", "title")),
        ("has:file", Operator("has", "files")),
        ("is:verified", Operator("is", "verified")),
        ("-est:périmé", Not(Operator("is", "outdated"))),
        ("before:2026-04", Operator("before", "2026-04")),
        ("links-to:12", Operator("links-to", "12")),
    ],
)
def test_each_operator_has_its_meaning_and_its_negation(typed, meant):
    assert parse(typed) == And((meant,))


def test_an_operator_without_a_sensible_value_is_read_as_words():
    assert parse("before:soon") == And((Phrase("before:soon"),))
    assert parse("is:blue") == And((Phrase("is:blue"),))
    assert parse("http://palabre.example/x") == And((Phrase("http://palabre.example/x"),))


def test_parentheses_around_words_in_a_sentence_stiffen_nothing():
    assert parse("lift (and drag) of wings") == parse("lift and drag of wings")


def test_parentheses_hold_together_what_is_one_of_two():
    both, other = And((Word("fibre"), Word("lyon"))), Word("thiès")
    assert parse("(fibre lyon) OR thiès") == And((Or((both, other)),))
    assert parse("thiès OR (fibre lyon)") == And((Or((other, both)),))
    assert parse("x (fibre lyon) OR thiès y") == And((Word("x"), Or((both, other)), Word("y")))


def test_a_day_a_month_and_a_year_have_a_first_day():
    assert first_day("2026") == date(2026, 1, 1)
    assert first_day("2026-12") == date(2026, 12, 1)
    assert first_day("2026-02-28") == date(2026, 2, 28)
    assert first_day("2026-02-30") is None
    assert first_day("0000") is None
    assert first_day("9999-12-31") == date(9999, 12, 31)


def test_a_query_has_a_ceiling():
    assert len(list(leaves(parse("mot " * 5_000)))) <= MAX_CLAUSES
    parse("(" * 10_000 + "a" + ")" * 10_000)


def test_a_mistaken_word_is_replaced_where_it_stands():
    assert rewrite('fibre -lyon "délia"', {"délia": "délai"}) == 'fibre -lyon "délai"'
    assert rewrite("Délia", {"délia": "délai"}) == "délai"
    assert rewrite("l’de\u0301lia (tag:délia) -délia", {"délia": "délai"}) == "l’délai (tag:délia) -délia"


@given(TYPED)
def test_whatever_is_typed_has_a_meaning(typed):
    for leaf in leaves(parse(typed)):
        text = leaf.value if isinstance(leaf, Operator) else leaf.text
        assert any(sign.isalnum() for sign in text)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    shelf = Shelf(tmp_path_factory.mktemp("index"))
    with shelf.rebuilding() as writer:
        writer.commit((1, 1))
    return shelf.snapshot()[0]


@given(TYPED)
def test_whatever_is_typed_can_be_searched_for(searcher, typed):
    asked = Asked(parse(typed))
    for least, finely in product((1, 2), (True, False)):
        searcher.search(within(asked.matching(Width(least, finely), searcher), bounds(searcher, [1, 2])), 10)
