"""The query language from one end to the other: each operator, said in both languages, and its contrary."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils.timezone import localdate
from hypothesis import example, given, settings
from hypothesis import strategies as st

from palabre.authoring.files.keeping import attach
from palabre.authoring.models import Trust
from palabre.authoring.writing import publish
from palabre.bookmarks import keeping
from palabre.items.models import Item
from palabre.search import facets
from palabre.search.asking import ask, suggest
from palabre.search.retrieval import Choice
from palabre.talk.models import Comment

WORD = "zibeline"
"""Every text here holds it, and nothing else of the world does."""


@pytest.fixture
def library(world, index):
    """Six texts that answer to one word, each with something the others have not."""
    maison, produit = world.spaces["maison"], world.spaces["produit"]

    def write(kind, space, by, title, body="", **more):
        return publish(kind, space, by, title, f"{body} Une {WORD}.", **more)

    target = write("page", maison, world.coumba, "Cible", "Les chevaux courent.")
    write("page", produit, world.lea, "Ailleurs", "Voir [[Cible]].", tags=["Éligibilité"])
    write("post", maison, world.marc, "Billet", "Les poteaux de bois.")
    write("page", maison, world.awa, f"Une {WORD} au titre", "Rien de plus.")
    with_file = write("page", maison, world.coumba, "Fichier")
    attach(with_file, world.coumba, "plan.txt", [b"un plan"])
    keeping.keep(maison, world.grace, "https://ailleurs.example/x", f"Signet {WORD}s")
    Comment.say(target, world.awa, "Une remarque.")
    today = localdate()
    Trust.objects.create(item=target, verified_by=world.coumba, verified_until=today + timedelta(days=30))
    Trust.objects.create(item=with_file, reported_by=world.awa, reported_at=datetime.now(UTC), report="Vieux.")
    ages = {"Cible": (2024, 2, 29), "Ailleurs": (2025, 1, 1), "Billet": (2025, 12, 31)}
    for title, day in ages.items():
        Item.objects.filter(title=title).update(published_at=datetime(*day, 12, tzinfo=UTC))
    index()
    world.target = target
    return world


ALL = {"Cible", "Ailleurs", "Billet", "Titre", "Fichier", "Signet"}


def found(library, text):
    """The texts that answer, by the first word that tells them apart."""
    names = {f"Une {WORD} au titre": "Titre", f"Signet {WORD}s": "Signet"}
    return {names.get(r.item.title, r.item.title) for r in ask(library.marc, f"{WORD} {text}", size=50).results}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (["kind:post", "genre:post", "type:post", "genre:billet", "kind:Posts", "genre:billets"], {"Billet"}),
        (["kind:bookmark", "genre:signet", 'genre:"Signets"'], {"Signet"}),
        (["space:produit", "espace:produit", "espace:Produit", 'space:"Produit"'], {"Ailleurs"}),
        (["tag:eligibilite", "etiquette:Éligibilité", "étiquette:éligibilité", "tag:#Éligibilité"], {"Ailleurs"}),
        (["author:awa", "auteur:AWA", "autrice:@awa", 'author:"awa"'], {"Titre"}),
        (["in:title", "dans:titre", "in:titre"], {"Titre", "Signet"}),
        (["has:file", "avec:fichier", "contient:fichiers"], {"Fichier"}),
        (["has:comments", "avec:commentaire"], {"Cible"}),
        (["is:verified", "est:vérifié", "est:verifiee"], {"Cible"}),
        (["is:outdated", "est:périmé", "est:dépassé"], {"Fichier"}),
        (["before:2025", "avant:2025", "before:2025-01", "before:2025-01-01", "before:2024-03"], {"Cible"}),
        (["before:2026", "avant:2026-01"], {"Cible", "Ailleurs", "Billet"}),
        (["after:2026", "après:2026-01", "depuis:2026-01-01"], {"Titre", "Fichier", "Signet"}),
        (["after:2025-12", "apres:2025-12-31"], {"Billet", "Titre", "Fichier", "Signet"}),
        (["after:2025 before:2026", "après:2025 avant:2026-1-1"], {"Ailleurs", "Billet"}),
        (["links-to:{pk}", "links-to:{address}", "links-to:Cible", "lié-à:cible"], {"Ailleurs"}),
        (["chevaux", "cheval", "CHEVAL", '"chevaux courent"', "« chevaux courent »", "chev*"], {"Cible"}),
        (["(cheval OR poteau)", "(cheval OU poteau)"], {"Cible", "Billet"}),
    ],
)
def test_each_operator_finds_what_it_says_and_its_contrary_all_the_rest(library, said, meant):
    for text in said:
        text = text.format(pk=library.target.pk, address=library.target.get_absolute_url())
        plain = text if ":" in text or '"' in text or "«" in text or "*" in text or "(" in text else f'"{text}"'
        if plain == text:
            assert found(library, text) == meant, text
        if " " not in text or text[0] in '"«(' or ':"' in text:
            assert found(library, f"-{text}") == ALL - meant, f"-{text}"


@pytest.mark.parametrize("said", ['author:"Awa Kanté-Diop"', 'auteur:"awa kante"', "author:kanté"])
def test_an_author_is_meant_by_their_name_too(library, said):
    assert found(library, said) == {"Titre"}


@pytest.mark.parametrize("words", ['"une zibeline"', "zibel*"])
def test_not_in_the_title_holds_for_phrases_and_beginnings_too(library, words):
    titles = {result.item.title for result in ask(library.marc, f"{words} -in:title", size=50).results}
    assert f"Une {WORD} au titre" not in titles
    assert "Cible" in titles


def test_an_operator_about_titles_without_a_word_narrows_nothing(library):
    assert ask(library.marc, "kind:post -in:title").total == ask(library.marc, "kind:post").total > 0


def test_facets_count_what_a_tick_would_leave(library):
    answer = ask(library.marc, WORD, data=QueryDict())
    drawn = {
        facet.name: {str(o.value): o.count for o in facet.options}
        for facet in facets.found(answer, Choice(), library.marc)
    }
    assert drawn["kind"] == {"page": 4, "post": 1, "bookmark": 1}
    assert drawn["space"] == {"maison": 5, "produit": 1}
    assert {name: sum(counts.values()) for name, counts in drawn.items() if name in ("kind", "space", "author")} == {
        "kind": 6, "space": 6, "author": 6,
    }  # fmt: skip
    for name, counts in drawn.items():
        if name != "age":
            for value, count in counts.items():
                ticked = {"space": library.spaces.get(value), "tag": value, "author": value, "kind": value}[name]
                key = ticked.pk if name == "space" else value if name == "kind" else int(value)
                assert ask(library.marc, WORD, Choice({name: [key]})).total == count, (name, value)


def test_a_mistyped_word_is_replaced_by_one_this_reader_can_see(library):
    answer = ask(library.marc, "zibelline tag:eligibilite")
    assert answer.meant == f"{WORD} tag:eligibilite"
    assert [result.item.title for result in answer.results] == ["Ailleurs"]


NAMES = ["kind:", "space:", "tag:", "author:", "in:", "has:", "is:", "before:", "after:", "links-to:", "lié-à:", "où:"]
VALUES = ["", "title", "file", "verified", "2026-02-30", "2026-13", "0000", "9999-12-31", "1", "9" * 30, "/pages/1-x/",
          "@awa", "#", "\x00", "a\x00b", "\ud800", "%s", "*", '"', "«", "é\u0301", "\u202e", "l'", "😀"]  # fmt: skip
pieces = st.one_of(
    st.tuples(st.sampled_from(["", "-", "--"]), st.sampled_from(NAMES), st.sampled_from(VALUES)).map("".join),
    st.sampled_from(["OR", "OU", "(", ")", "-(", '"', "«", "*", WORD, f"-{WORD}", "zibel*"]),
    st.text(max_size=12),
)
asked = st.lists(pieces, max_size=8).map(" ".join)


@settings(max_examples=150)
@given(typed=asked)
@example(typed="author:a\x00b")
@example(typed="links-to:a\x00b")
@example(typed="tag:\ud800x space:\x00")
def test_no_input_whatever_causes_an_error(library, typed):
    answer = ask(library.marc, typed, data=QueryDict())
    facets.found(answer, Choice(), library.marc)
    for result in answer.results:
        assert isinstance(result.title + result.passage, str)
    suggest(library.marc, typed)
