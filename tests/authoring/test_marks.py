"""Marks are links for those who may follow them; hidden and missing look the same."""

import pytest

from palabre.authoring.marks import resolve
from palabre.authoring.rendering import render
from palabre.authoring.writing import publish, revise

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(world):
    return publish("page", world.spaces["direction"], world.nadia, "Plan secret", "Rien.")


def read(text, person, item=None):
    return resolve(render(text).html, person, item)


def test_a_title_leads_to_the_item_of_that_name_whatever_case_and_accents(page, world):
    html = read("[[RACCORDER  un client#le délai|ici]]", world.awa)
    assert f'<a href="{page.get_absolute_url()}#s-le-délai">ici</a>' in html


def test_a_former_title_goes_on_leading_there(page, world):
    revise(page, world.coumba, "Raccorder à la fibre", page.body, based_on=1)
    page.refresh_from_db()
    assert f'href="{page.get_absolute_url()}"' in read("[[Raccorder un client]]", world.awa)


def test_hidden_and_missing_titles_look_the_same(secret, world):
    hidden = read("[[Plan secret]]", world.awa).replace("Plan+secret", "…").replace("Plan secret", "…")
    missing = read("[[Plan absent]]", world.awa).replace("Plan+absent", "…").replace("Plan absent", "…")
    assert hidden == missing
    assert 'class="missing"' in hidden
    assert secret.get_absolute_url() in read("[[Plan secret]]", world.nadia)


def test_hidden_and_missing_addresses_look_the_same(secret, world):
    hidden = read(f"[x](/pages/{secret.pk}-plan-secret/)", world.awa)
    missing = read("[x](/pages/999999-plan-secret/)", world.awa)
    assert hidden == missing
    assert "href" not in hidden


def test_an_address_follows_the_present_title(page, world):
    html = read(f"[x](/pages/{page.pk}-un-vieux-titre/#s-a)", world.awa)
    assert f'href="{page.get_absolute_url()}#s-a"' in html


def test_mentions_lead_to_those_the_reader_meets(world):
    assert "Coumba Ndoye-Sarr</a>" in read("@coumba", world.awa)
    assert read("@diego", world.ines) == "<p>@diego</p>\n"
    assert read("@coumba", world.diego) == read("@coumba", world.ines) == "<p>@coumba</p>\n"


def test_the_same_space_is_preferred_then_the_elder(world):
    there = publish("page", world.spaces["maison"], world.awa, "Accueil", "a")
    here = publish("page", world.spaces["reseau"], world.coumba, "Accueil", "b")
    item = publish("page", world.spaces["reseau"], world.coumba, "Autre", "c")
    assert here.get_absolute_url() in read("[[Accueil]]", world.awa, item)
    assert there.get_absolute_url() in read("[[Accueil]]", world.awa)


def test_names_with_a_hash_are_names_first(world):
    page = publish("page", world.spaces["maison"], world.awa, "Écrire en C#", "a")
    assert page.get_absolute_url() in read("[[Écrire en C#]]", world.awa)


def test_a_text_costs_one_query_whatever_its_marks(page, world, django_assert_max_num_queries):
    html = render("[[Raccorder un client]] [[x]] [[y]] @coumba @awa #a [z](/pages/1/)").html
    with django_assert_max_num_queries(2):  # with the reader's sight
        resolve(html, world.awa)


def test_labels_and_keys_cannot_break_out(world):
    html = read('[[a"b|<img src=x onerror=alert(1)>]] [[<script>]]', world.awa)
    assert "<script" not in html and "<img" not in html
