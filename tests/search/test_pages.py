"""The results page, the suggestions, and what is looked for in vain."""

import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.search import asking
from palabre.search.models import Missing
from palabre.search.query import Operator, leaves, parse
from palabre.tags.models import Tag


@pytest.fixture
def library(world, index):
    for number in range(24):
        space = world.spaces["maison" if number % 2 else "le-fil"]
        kind = "post" if number % 3 else "page"
        publish(kind, space, world.coumba, f"Nénuphar {number}", f"Un nénuphar #bassin numéro {number}.")
    index()
    return world


def titles(response):
    return re.findall(r"<h3[^>]*><a [^>]*>(.*?)</a></h3>", response.content.decode())


def search(client, text):
    return client.get("/search/", {"q": text}).content.decode()


def test_results_are_marked_counted_and_paged(library, sign_in):
    client = sign_in(library.awa)
    response = client.get("/search/?q=nénuphar")
    assert response.status_code == 200
    assert len(titles(response)) == 10
    assert titles(response)[0].startswith("<mark>Nénuphar</mark>")
    second = client.get("/search/?q=nénuphar&page=2")
    third = client.get("/search/?q=nénuphar&page=3")
    assert len({*titles(response), *titles(second), *titles(third)}) == 24
    beyond = client.get("/search/?q=nénuphar&page=9")
    assert titles(beyond) == titles(third)
    assert '<span aria-current="page">3</span>' in beyond.text


def test_results_that_cannot_be_turned_to_are_told_on_the_last_page(library, sign_in, monkeypatch):
    monkeypatch.setattr(asking, "LAST_PAGE", 2)
    client = sign_in(library.awa)
    assert "Ajoutez des mots" not in client.get("/search/?q=nénuphar").text
    assert "Ajoutez des mots" in client.get("/search/?q=nénuphar&page=2").text
    assert "Ajoutez des mots" not in client.get("/search/?q=nénuphar&kind=page&page=2").text


def test_results_say_their_language_and_the_day_they_are_sorted_by(library, sign_in, index):
    item = Item.objects.get(title="Nénuphar 7")
    Item.objects.filter(pk=item.pk).update(language="en", published_at="2020-02-03T10:00Z")
    item.record("edited", library.coumba)
    index()
    page = sign_in(library.awa).get("/search/?q=nénuphar&sort=newest&page=3").text
    last = page[page.rindex("<article") :]
    assert '<h3 lang="en">' in last
    assert '<p class="ex" lang="en">' in last
    assert "2020" in last
    assert '<span lang="fr"><mark>Nénuphar</mark>' in sign_in(library.awa).get("/search/suggest/?q=nénup").text


def test_what_is_ticked_is_counted_and_named_however_rare_and_more_is_told(library, sign_in, index):
    for number in range(14):
        tags = [f"fréquente {number}"]
        for _ in range(2):
            publish("page", library.spaces["maison"], library.coumba, "Nénuphar", "Un nénuphar.", tags=tags)
    publish("page", library.spaces["maison"], library.coumba, "Nénuphar", "Un nénuphar.", tags=["rare"])
    index()
    rare = Tag.objects.get(key="rare")
    response = sign_in(library.awa).get(f"/search/?q=nénuphar&tag={rare.pk}&kind=nothing")
    facets = {facet.name: facet for facet in response.context["facets"]}
    assert [(o.label, o.chosen) for o in facets["kind"].options if o.value == "nothing"] == [("…", True)]
    response = sign_in(library.awa).get(f"/search/?q=nénuphar&tag={rare.pk}")
    facets = {facet.name: facet for facet in response.context["facets"]}
    assert [(o.label, o.count) for o in facets["tag"].options if o.chosen] == [("rare", 1)]
    assert len(facets["tag"].options) == 13
    assert "moins fréquents" in response.text


def test_a_facet_narrows_and_its_own_counts_stay(library, sign_in):
    response = sign_in(library.awa).get("/search/?q=nénuphar&kind=page")
    kinds = {o.value: (o.count, o.chosen) for f in response.context["facets"] if f.name == "kind" for o in f.options}
    assert kinds == {"page": (8, True), "post": (16, False)}
    assert response.context["answer"].total == 8
    spaces = {o.value: o.count for f in response.context["facets"] if f.name == "space" for o in f.options}
    assert sum(spaces.values()) == 8


def test_a_search_costs_few_questions(library, sign_in):
    client = sign_in(library.awa)
    client.get("/search/?q=nénuphar")
    with CaptureQueriesContext(connection) as asked:
        client.get("/search/?q=nénuphar")
    # Who asks, what they see, all that the page shows; and, as this test is one transaction which no index has read,
    # what of its own is still seen.
    assert len(asked) == 4, "\n".join(query["sql"] for query in asked)


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "((((",
        "-",
        "*",
        "kind:",
        "before:9999-99",
        "l'",
        "a" * 5_000,
        "\x00",
        "OR OR",
        "<script>",
        "%s %(x)s {{ 7*7 }}",
    ],
)
def test_no_query_is_an_error(library, sign_in, query):
    for path in ("/search/", "/search/suggest/"):
        response = sign_in(library.awa).get(path, {"q": query, "page": "x", "space": query, "tag": query, "age": query})
        assert response.status_code == 200
        assert b"<script>" not in response.content.replace(b"<script src", b"").replace(b"<script type", b"")


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("before:banane", "2026-04-23"), ("-apres:demain", "2026-04-23"), ("est:cuit", "vérifié, périmé"),
        ("has:bananes", "fichier ou commentaire"), ("dans:page", "attend titre"), ("genre:banane", "page, "),
    ],
)  # fmt: skip
def test_what_an_operator_takes_is_said_where_its_value_means_nothing(typed, taken, library, sign_in):
    html = search(sign_in(library.marc), f"fibre {typed}")
    said = re.findall(r'<p class="meant"><code>([^<]+)</code>([^<]+)', html)
    assert [code for code, _ in said] == [typed.removeprefix("-")] and taken in said[0][1]
    assert "Écrire cette page" not in html and not Missing.objects.exists()  # it is not a page that is wanting


def test_nothing_is_said_of_operators_that_mean_something_or_are_none(library, sign_in):
    html = search(
        sign_in(library.marc), 'fibre before:2026 is:verified in:titre kind:page tag:x "is:cuit" http://x.example'
    )
    assert "attend" not in re.sub(r"<title>.*?</title>", "", html)


def test_newest_first(library, sign_in):
    response = sign_in(library.awa).get("/search/?q=nénuphar&sort=newest")
    assert [re.sub("<.*?>", "", title) for title in titles(response)][:3] == [
        "Nénuphar 23",
        "Nénuphar 22",
        "Nénuphar 21",
    ]


def test_the_address_shared_gives_each_their_own_results(library, sign_in):
    everything = sign_in(library.awa).get("/search/?q=nénuphar").context["answer"].total
    public = sign_in(None).get("/search/?q=nénuphar").context["answer"].total
    assert (everything, public) == (24, 12)


def test_whoever_is_called_so_stands_above_what_is_written_and_only_for_who_meets_them(library, sign_in):
    def named(person, text):
        html = sign_in(person).get("/search/", {"q": text}).content.decode()
        return re.findall(r'<ul class="called".*?</ul>', html, re.DOTALL)

    assert library.idrissa.name in named(library.marc, "idrissa")[0]
    assert "Réseau &amp; fibre" in named(library.marc, "réseau")[0] and not named(library.ines, "réseau")
    assert not named(library.ines, "idrissa") and not named(library.marc, "nénuphar")  # there is enough to read
    assert not Missing.objects.filter(words="idrissa", times__gt=1).exists()


def test_suggestions_are_options_of_a_listbox(library, sign_in):
    page = unescape(sign_in(library.awa).get("/search/suggest/?q=nénup").content.decode())
    assert page.count('role="option"') == 5 + 2
    assert "<mark>Nénuphar</mark>" in page
    assert 'href="/search/?q=n%C3%A9nup"' in page


def test_a_search_in_vain_is_kept_without_the_person_and_shown_to_stewards(library, sign_in):
    for person in (library.awa, library.grace):
        sign_in(person).get("/search/?q=Piézomètre")
    sign_in(library.awa).get("/search/?q=nénuphar")
    missing = Missing.objects.get()
    assert (missing.words, missing.times) == ("Piézomètre", 2)
    assert not [field.name for field in Missing._meta.get_fields() if field.name in ("by", "person", "author")]
    page = sign_in(library.marc).get("/search/missing/").content.decode()
    assert "Piézomètre" in page
    assert "/write/?kind=page&amp;title=Pi%C3%A9zom%C3%A8tre" in page


def test_what_was_missed_is_kept_and_offered_as_words(library, sign_in):
    for asked in ('kind:page "piézomètre oublié" -lyon', '"piézomètre oublié"'):
        page = sign_in(library.awa).get("/search/", {"q": asked}).text
        assert "/write/?kind=page&amp;title=pi%C3%A9zom%C3%A8tre+oubli%C3%A9" in page
    assert (Missing.objects.get().words, Missing.objects.get().times) == ("piézomètre oublié", 2)
    page = sign_in(library.awa).get("/search/suggest/", {"q": "kind:page piézomètre"}).text
    assert 'title=pi%C3%A9zom%C3%A8tre"' in page


def test_a_typing_mistake_that_was_forgiven_is_not_missed(library, sign_in):
    response = sign_in(library.awa).get("/search/", {"q": "nénuphra"})
    assert (response.context["answer"].exact, response.context["answer"].total) == (0, 24)
    assert not Missing.objects.exists()


def test_who_is_no_steward_is_not_told(library, sign_in):
    Missing.note("Piézomètre")
    assert sign_in(library.awa).get("/search/missing/").status_code == 403
    assert sign_in(library.diego).get("/search/missing/").status_code == 403
    assert sign_in(None).get("/search/missing/").status_code == 302
    pk = Missing.objects.get().pk
    assert sign_in(library.awa).post(f"/search/missing/{pk}/dismissal/").status_code == 403


def test_what_was_set_aside_comes_back_when_it_is_asked_for_again(library, sign_in):
    Missing.note("Piézomètre")
    pk = Missing.objects.get().pk
    sign_in(library.marc).post(reverse("search:dismissal", args=[pk]))
    assert not Missing.objects.standing().exists()
    Missing.note("piezometre")
    assert Missing.objects.standing().get().times == 2


def test_the_command_line_answers_one_json_line_a_query(library):
    from palabre.people.models import OPERATOR
    from palabre.project.cli.search import _choice, _hits

    hits = list(_hits(OPERATOR, "nénuphar", _choice("le-fil"), 3))
    assert len(hits) == 3
    assert set(json.loads(json.dumps(hits))[0]) == {"title", "url", "kind", "space", "score", "source"}
    assert {hit["space"] for hit in hits} == {"le-fil"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_page_says_of_asking_is_understood_in_its_language(library, sign_in, language):
    library.awa.language = language
    library.awa.save(update_fields=["language"])
    codes = re.findall(r"<dt><code>(.*?)</code>", sign_in(library.awa).get("/search/").text)
    asked = [f"{word}x" if word.endswith(":") else word for code in codes for word in unescape(code).split()]
    operators = [leaf for word in asked if ":" in word for leaf in leaves(parse(word))]
    assert len(operators) >= 10
    assert all(isinstance(leaf, Operator) for leaf in operators), operators
    assert ("type:x" in asked) == (language == "fr")
