"""Texts enter items in one transaction, merge when they meet, and are never lost."""

import threading

import pytest
from django.db import connection

from palabre.authoring import derivation
from palabre.authoring.rendering import render
from palabre.authoring.writing import Text, publish, publish_all, rendered, revise
from palabre.items.models import Item, Name, Revision
from palabre.journal.models import Event

pytestmark = pytest.mark.django_db


def revisions(item):
    return list(Revision.objects.filter(item=item).values_list("number", "merged_from"))


def events(item):
    return list(Event.objects.filter(item=item.pk).order_by("pk").values_list("verb", flat=True))


def test_publishing_keeps_the_text_its_first_version_its_name_and_an_event(page):
    assert page.html.startswith("<p>Le délai") and page.words == 14 and page.language == "fr"
    assert revisions(page) == [(1, None)]
    assert list(page.names.values_list("key", "current")) == [("raccorder un client", True)]
    assert events(page) == ["published"]


def test_a_revision_is_a_new_version_and_the_old_one_stays(page, world):
    outcome = revise(page, world.idrissa, page.title, "Autre texte", based_on=1, note="tout refait")
    page.refresh_from_db()
    assert (outcome.status, page.version, page.body) == ("saved", 2, "Autre texte\n")
    assert page.revisions.get(number=1).body.startswith("Le délai")
    assert page.revisions.get(number=2).note == "tout refait"
    assert events(page) == ["published", "edited"]


def test_a_revision_keeps_all_that_the_text_says_of_itself(page, world):
    body = "# Délais\n\nLe délai n’est plus que de 10 jours, pour tous les clients, où qu’ils habitent.\n"
    saved = revise(page, world.awa, page.title, body, based_on=1).item
    kept, document = Item.objects.get(pk=page.pk), render(body, page.space.language)
    assert {name: getattr(kept, name) for name in rendered(saved, document)} == {
        "html": document.html,
        "excerpt": document.excerpt,
        "words": document.words,
        "language": document.language,
        "outline": [[2, "s-délais", "Délais"]],
    }
    assert (kept.updated_at, kept.version) == (saved.updated_at, 2)


def test_saving_what_is_there_already_changes_nothing(page, world):
    assert revise(page, world.coumba, page.title, page.body.replace("\n", "\r\n"), based_on=1).status == "unchanged"
    assert revisions(page) == [(1, None)]


def test_two_people_who_changed_different_sentences_are_merged(page, world):
    revise(page, world.idrissa, page.title, page.body.replace("21", "14"), based_on=1)
    outcome = revise(page, world.coumba, page.title, page.body.replace("midi", "treize heures"), based_on=1)
    assert outcome.status == "merged"
    page.refresh_from_db()
    assert page.body == "Le délai est de 14 jours. On appelle le client. On part à treize heures.\n"
    assert revisions(page) == [(1, None), (2, None), (3, None), (4, 3)]
    assert "21 jours" in page.revisions.get(number=3).body, "the writer's own text stays in the history"


def test_what_does_not_merge_saves_nothing_and_shows_both(page, world):
    revise(page, world.idrissa, page.title, page.body.replace("21", "14"), based_on=1)
    outcome = revise(page, world.coumba, page.title, page.body.replace("21", "7"), based_on=1)
    assert outcome.status == "conflict"
    assert any("14" in hunk.theirs and "7" in hunk.mine for hunk in outcome.body.hunks if not hunk.agreed)
    page.refresh_from_db()
    assert page.version == 2 and "14 jours" in page.body


def test_a_text_merged_by_hand_stays_beside_the_version_agreed_on(page, world):
    revise(page, world.idrissa, page.title, "Quatorze jours.", based_on=1)
    revise(page, world.coumba, page.title, "Dix jours.", based_on=2, aside="Sept jours.")
    assert revisions(page) == [(1, None), (2, None), (3, None), (4, 3)]
    assert page.revisions.get(number=3).body == "Sept jours.\n"


def test_a_rename_keeps_the_former_name(page, world):
    revise(page, world.coumba, "Raccorder à la fibre", page.body, based_on=1)
    assert dict(page.names.values_list("key", "current")) == {
        "raccorder un client": False,
        "raccorder a la fibre": True,
    }
    assert events(page) == ["published", "edited", "renamed"]


def test_derivations_see_the_saved_items_in_the_same_transaction(world, monkeypatch):
    seen = []
    monkeypatch.setattr(derivation, "_derivations", [lambda batch: seen.append([(i.pk, d.text) for i, d in batch])])
    item = publish("post", world.spaces["maison"], world.awa, "Un titre", "Un mot.")
    revise(item, world.awa, "Un titre", "Deux mots.", based_on=1)
    assert seen == [[(item.pk, "Un mot.")], [(item.pk, "Deux mots.")]]


def test_what_is_given_beside_the_text_reaches_who_receives_it(world, monkeypatch):
    given = []
    monkeypatch.setattr(derivation, "_receivers", {"tags": lambda *what: given.append(what)})
    item = publish("post", world.spaces["maison"], world.awa, "Un titre", "Un mot.", tags=("fibre",))
    assert given == [([(item, ("fibre",))], world.awa, True)]


def test_many_are_written_with_as_many_queries_as_one(world, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(derivation, "_derivations", [])
    space = world.spaces["maison"]
    texts = [Text("page", space, world.awa, f"Page {n}", "Texte.", names=(f"alias {n}",)) for n in range(50)]
    with django_assert_max_num_queries(8):
        items = publish_all(texts, world.awa)
    assert len({item.pk for item in items}) == 50
    assert Name.objects.filter(key="alias 7").get().item == items[7]


def test_characters_the_database_refuses_are_left_out(world):
    item = publish("post", world.spaces["maison"], world.awa, "t", "a\x00b\r\nc")
    assert item.body == "ab\nc\n"


@pytest.mark.django_db(transaction=True)
def test_four_people_saving_at_once_all_succeed(world):
    lines = [f"Ligne numéro {n}.\n\n" for n in range(8)]
    page = publish("page", world.spaces["maison"], world.awa, "À quatre", "".join(lines))
    outcomes, failures = [], []

    def save(mine):
        try:
            for turn in range(5):
                text = list(lines)
                text[mine * 2] = f"Ligne de {mine}, tour {turn}.\n\n"
                outcomes.append(revise(page, world.awa, page.title, "".join(text), based_on=1).status)
        except Exception as error:  # a thread's error must reach the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(mine,)) for mine in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(outcomes) == 20 and outcomes.count("saved") <= 1
    item = Item.objects.get(pk=page.pk)
    for mine in range(4):
        assert f"Ligne de {mine}" in item.body
