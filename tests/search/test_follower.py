"""The indexer: reads what happened, misses nothing, and can always begin again."""

import threading

import pytest
from django.db import connection, transaction

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish, revise
from palabre.journal import following
from palabre.links.models import Authority, Link, Type
from palabre.people.models import OPERATOR
from palabre.search import follower, house
from palabre.search.asking import ask
from palabre.tags.models import Tag
from palabre.talk.models import Comment


def found(text):
    return [result.item.title for result in ask(OPERATOR, text).results]


def test_a_change_of_the_text_is_found_and_the_old_one_is_not(world, index):
    item = publish("page", world.spaces["maison"], world.awa, "Bassin", "Un nénuphar.")
    index()
    revise(item, world.awa, "Bassin", "Une libellule.", based_on=item.version)
    index()
    assert found("nénuphar") == []
    assert found("libellule") == ["Bassin"]


def test_words_of_comments_are_found_until_they_are_taken_back(world, index):
    item = publish("page", world.spaces["maison"], world.awa, "Bassin", "De l’eau.")
    comment = Comment.say(item, world.marc, "Et la libellule ?")
    index()
    assert found("libellules") == ["Bassin"]
    assert found("has:comment libellule") == ["Bassin"]
    comment.delete_by(world.marc)
    index()
    assert found("libellule") == []


def test_what_left_the_house_leaves_the_index(world, index):
    item = publish("page", world.spaces["maison"], world.awa, "Bassin", "Un nénuphar.")
    index()
    item.state = "trashed"
    item.save(update_fields=["state"])
    item.record("trashed", world.awa)
    index()
    searcher, _ = house.shelf().snapshot()
    assert ask(OPERATOR, "nénuphar").total == 0
    assert searcher.doc_freq("title_words", "bassin") == 0


def test_who_searches_while_another_builds_the_first_index_waits_for_it(world, settings, tmp_path):
    settings.DATA = tmp_path
    shelf, position = house.shelf(), following.settled()
    begun, asked = threading.Event(), threading.Event()

    def build():
        with shelf.rebuilding() as writer:
            begun.set()
            asked.wait(10)
            writer.commit(position)

    builder = threading.Thread(target=build)
    builder.start()
    begun.wait(10)
    threading.Timer(0.1, asked.set).start()
    follower.bring_up_to_date(shelf)
    builder.join()
    assert follower.usable(shelf)


def test_a_rebuild_gives_the_same_index(world, index):
    publish("page", world.spaces["maison"], world.awa, "Bassin", "Un nénuphar.")
    index()
    before = house.shelf().current()
    follower.rebuild(house.shelf())
    assert house.shelf().current() != before
    assert found("nénuphar") == ["Bassin"]


def test_reading_an_event_twice_harms_nothing(world, index):
    publish("page", world.spaces["maison"], world.awa, "Bassin", "Un nénuphar.")
    index()
    index()
    assert ask(OPERATOR, "nénuphar").total == 1


@pytest.fixture
def running(transactional_db, settings, tmp_path, world):
    """The follower as the process runs it, in a thread of its own."""
    settings.DATA = tmp_path
    stopped = threading.Event()

    def run():
        follower.run(house.shelf(), stopped.is_set)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    stopped.set()
    thread.join(20)


def until(condition, seconds=5.0):
    with following.news() as news:
        for _ in range(int(seconds / 0.05)):
            if condition():
                return True
            news.wait(0.05)
    return False


def test_a_change_is_findable_at_once(running, world):
    assert until(lambda: house.shelf().snapshot() is not None, 20)
    publish("page", world.spaces["maison"], world.awa, "Bassin", "Un nénuphar.")
    assert until(lambda: found("nénuphar") == ["Bassin"], 5)


def test_a_long_transaction_elsewhere_holds_nothing_up(running, world):
    """An import that runs for a minute must not hide what others write meanwhile."""
    assert until(lambda: house.shelf().snapshot() is not None, 20)
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            publish("page", world.spaces["maison"], world.awa, "Import", "Une grenouille.")
            begun.set()
            go_on.wait(20)
        connection.close()

    importing = threading.Thread(target=slow)
    importing.start()
    begun.wait(10)
    publish("page", world.spaces["maison"], world.awa, "Bassin", "Un nénuphar.")
    try:
        assert until(lambda: found("nénuphar") == ["Bassin"], 5)
        assert found("grenouille") == []
    finally:
        go_on.set()
        importing.join(20)
    assert until(lambda: found("grenouille") == ["Import"], 5)


def test_what_is_about_to_settle_is_read_once_and_not_twice(transactional_db, index, world):
    """While many save, some transaction always runs; who reads on at once would write every text two times."""
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            publish("page", world.spaces["maison"], world.awa, "Lent", "Une grenouille.")
            begun.set()
            go_on.wait(20)
        connection.close()

    saving = threading.Thread(target=slow)
    saving.start()
    begun.wait(10)
    publish("page", world.spaces["maison"], world.awa, "Bassin", "Un nénuphar.")
    with house.shelf().writing() as writer:
        reading = follower.Follower(house.shelf(), writer, house.shelf().current())
        assert (reading.catch_up(patient=True), len(reading.unsettled)) == (0, 1)
        go_on.set()
        saving.join(20)
        assert (reading.catch_up(patient=True), len(reading.unsettled)) == (2, 0)
    assert (found("nénuphar"), found("grenouille")) == (["Bassin"], ["Lent"])


def test_authority_that_moved_without_an_event_is_taken_over(world, index):
    quiet = publish("page", world.spaces["maison"], world.awa, "Premier bassin", "Un nénuphar.")
    praised = publish("page", world.spaces["maison"], world.awa, "Second bassin", "Un nénuphar.")
    index()
    Authority.objects.update_or_create(item=quiet, defaults={"score": 0.5})
    Authority.objects.update_or_create(item=praised, defaults={"score": 8.0})
    with house.shelf().writing() as writer:
        assert follower.Follower(house.shelf(), writer, house.shelf().current()).align() == 2
    assert found("nénuphar") == ["Second bassin", "Premier bassin"]
    Authority.objects.filter(item=quiet).update(score=64.0)
    with house.shelf().writing() as writer:
        assert follower.Follower(house.shelf(), writer, house.shelf().current()).align() == 1
    assert found("nénuphar") == ["Premier bassin", "Second bassin"]


def test_authority_is_taken_over_a_few_at_a_time_so_that_a_save_does_not_wait(world, index, monkeypatch):
    monkeypatch.setattr(follower, "ALIGNED_AT_ONCE", 2)
    pages = [
        publish("page", world.spaces["maison"], world.awa, f"Bassin {number}", "Un nénuphar.") for number in range(3)
    ]
    index()
    for number, page in enumerate(pages, 3):
        Authority.objects.update_or_create(item=page, defaults={"score": 2.0**number})
    with house.shelf().writing() as writer:
        reading = follower.Follower(house.shelf(), writer, house.shelf().current())
        assert (reading.align(), reading.is_aligned) == (2, False)
        assert (reading.align(), reading.is_aligned) == (1, True)
    assert found("nénuphar") == ["Bassin 2", "Bassin 1", "Bassin 0"]


def test_a_merged_tag_is_found_under_its_new_name(world, index):
    publish("page", world.spaces["maison"], world.awa, "Bassin", "Un nénuphar #adsl.")
    publish("page", world.spaces["maison"], world.awa, "Autre", "Un roseau #cuivre.")
    index()
    assert found("tag:cuivre") == ["Autre"]
    tags = Tag.objects.in_bulk(["adsl", "cuivre"], field_name="key")
    tags["adsl"].merge_into(tags["cuivre"], world.marc)
    index()
    assert sorted(found("tag:cuivre")) == ["Autre", "Bassin"] == sorted(found("tag:adsl"))


def test_a_tag_is_found_by_the_names_it_has_now_and_by_no_other(world, index):
    publish("page", world.spaces["maison"], world.awa, "Bassin", "Un étang #fibre.")
    publish("page", world.spaces["maison"], world.awa, "Autre", "Un roseau #cuivre.")
    tags = Tag.objects.in_bulk(["fibre", "cuivre"], field_name="key")
    merge = tags["cuivre"].merge_into(tags["fibre"], world.marc)
    alias = tags["fibre"].answer_to("ftth", world.marc)
    index()
    assert sorted(found("cuivre")) == sorted(found("ftth")) == ["Autre", "Bassin"]
    merge.undo(world.marc)
    tags["fibre"].forget(alias, world.marc)
    index()
    assert (found("cuivre"), found("ftth")) == (["Autre"], [])


def test_what_is_out_of_date_ranks_below_its_fresh_twin_and_says_so(world, index, sign_in):
    stale = publish("page", world.spaces["maison"], world.awa, "Bassin", "Un nénuphar.")
    fresh = publish("page", world.spaces["maison"], world.awa, "Bassin neuf", "Un nénuphar.")
    Link.tie(fresh, Type.SUPERSEDES, stale, world.awa)
    index()
    assert found("nénuphar") == ["Bassin neuf", "Bassin"]
    assert found("is:outdated") == ["Bassin"]
    assert found("-is:outdated nénuphar") == ["Bassin neuf"]
    assert found(f"links-to:{stale.pk}") == ["Bassin neuf"]
    for order in ("", "&sort=newest"):
        rows = sign_in(world.awa).get(f"/search/?q=nénuphar{order}").text.split('<article class="item">')[1:]
        assert [stale.get_absolute_url() in row for row in rows] == [False, True]
        assert ["Peut-être périmé" in row for row in rows] == [False, True]


def test_a_page_superseded_by_what_its_readers_may_not_read_is_not_out_of_date(world, index):
    public = publish("page", world.spaces["le-fil"], world.awa, "Bassin", "Un nénuphar.")
    secret = publish("page", world.spaces["direction"], world.nadia, "Étang", "Un roseau.")
    Link.tie(secret, Type.SUPERSEDES, public, world.nadia)
    index()
    assert found("is:outdated") == []
    world.spaces["direction"].open_to("public", [], world.nadia)
    index()
    assert found("is:outdated") == ["Bassin"]


def test_a_page_is_up_to_date_again_when_what_took_its_place_goes(world, index):
    stale = publish("page", world.spaces["maison"], world.awa, "Bassin", "Un nénuphar.")
    fresh = publish("page", world.spaces["maison"], world.awa, "Bassin neuf", "Un nénuphar.")
    Link.tie(fresh, Type.SUPERSEDES, stale, world.awa)
    index()
    assert found("is:outdated") == ["Bassin"]
    lifecycle.trash(fresh, world.awa)
    index()
    assert found("is:outdated") == []
