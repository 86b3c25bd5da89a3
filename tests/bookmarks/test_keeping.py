"""One bookmark per space and page, at once with what was typed, enriched by what the page says."""

import threading

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.authoring import lifecycle, writing
from palabre.bookmarks import company, fetching
from palabre.bookmarks.derivation import introduced
from palabre.bookmarks.keeping import keep
from palabre.bookmarks.listeners import give_up_forgotten, read_new, settle, settle_again, settle_published
from palabre.bookmarks.models import Bookmark, Saver, Status
from palabre.items import words
from palabre.items.models import Item, State
from palabre.journal.models import Event
from palabre.tags.models import Tag
from palabre.talk.models import Comment
from tests.bookmarks.conftest import html
from tests.kit.outside import gzip_bomb, redirect


def read(item):
    read_new(Event.objects.filter(verb="bookmark_saved", item=item.pk).last())
    item.refresh_from_db()
    return Bookmark.objects.get(pk=item.pk)


def test_an_address_is_kept_at_once_with_what_was_typed(world, space):
    item, new = keep(space, world.coumba, "https://example.org/a", "Un titre", "Parce que.")
    assert new and (item.title, item.kind, item.bookmark.status) == ("Un titre", "bookmark", Status.WAITING)
    assert [(saver.person, saver.note) for saver in item.bookmark.savers.all()] == [(world.coumba, "Parce que.")]
    assert words.of([item.pk])["notes"] == {item.pk: "Parce que."}


def test_an_address_without_title_bears_its_site_until_it_is_read(world, space):
    assert keep(space, world.coumba, "https://www.example.org/a")[0].title == "example.org"


def test_keeping_it_again_adds_a_saver_and_no_bookmark(world, space):
    first, _new = keep(space, world.coumba, "https://example.org/a", note="Un")
    second, new = keep(space, world.marc, "http://www.example.org/a/?utm_source=x#y", note="Deux")
    assert not new and first == second
    keep(space, world.coumba, "https://example.org/a", note="Trois")
    assert list(Saver.objects.values_list("person", "note")) == [(world.coumba.pk, "Trois"), (world.marc.pk, "Deux")]


def test_each_space_keeps_its_own(world, space):
    here, _new = keep(space, world.coumba, "https://example.org/a")
    there, new = keep(world.spaces["maison"], world.coumba, "https://example.org/a")
    assert new and here != there


def test_savers_elsewhere_appear_only_to_whom_may_see_them(world, space):
    here, _new = keep(space, world.coumba, "https://example.org/a")
    keep(world.spaces["direction"], world.nadia, "https://example.org/a")
    keep(world.spaces["maison"], world.awa, "https://example.org/a")
    kept = company.of(here, world.coumba)
    assert [saver.person for saver in kept.savers] == [world.coumba]
    assert [(other.space, other.savers[0].person) for other in kept.elsewhere] == [
        (str(world.spaces["maison"]), world.awa)
    ]


def test_a_bookmark_in_the_trash_does_not_keep_the_address_from_being_kept(world, space):
    first, _new = keep(space, world.coumba, "https://example.org/a")
    Item.objects.filter(pk=first.pk).update(state=State.TRASHED)
    assert keep(space, world.coumba, "https://example.org/a")[1]


def test_title_description_and_text_are_read_from_the_page(world, space, outside):
    item, _new = keep(space, world.coumba, outside.address("/page"))
    bookmark = read(item)
    assert item.title == "L’observatoire de la fibre"
    assert (bookmark.status, bookmark.site_name) == (Status.READ, "L’observatoire")
    assert bookmark.description == "Ce que mesurent les installateurs."
    assert "neuf jours" in bookmark.text and "Menu" not in bookmark.text and "alert" not in bookmark.text
    assert "neuf jours" in item.kind_of.search_text(item)
    assert Event.objects.filter(verb="bookmark_read", item=item.pk).exists()


def test_a_bookmark_without_words_of_its_own_is_introduced_by_its_page(world, outside):
    item, _new = keep(world.spaces["produit"], world.coumba, outside.address("/page"))
    read(item)
    assert (item.excerpt, item.language) == ("Ce que mesurent les installateurs.", "fr")
    item = writing.revise(item, world.coumba, "Un autre titre", "", based_on=item.version).item
    item.refresh_from_db()
    assert item.excerpt == "Ce que mesurent les installateurs."
    item = writing.revise(item, world.coumba, "Un autre titre", "Our own words on it.", based_on=item.version).item
    item.refresh_from_db()
    assert item.excerpt == "Our own words on it."


def test_a_title_that_somebody_typed_stays(world, space, outside):
    item, _new = keep(space, world.coumba, outside.address("/page"), "Nos délais")
    read(item)
    assert item.title == "Nos délais"


def test_reading_goes_out_once_though_it_is_heard_of_twice(world, space, outside):
    item, _new = keep(space, world.coumba, outside.address("/page"))
    read(item)
    read(item)
    assert outside.paths == ["/page"]


@pytest.mark.parametrize(
    ("prepare", "trouble"),
    [
        (lambda outside: None, "missing"),
        (lambda outside: outside.pages.update({"/x": redirect("http://169.254.169.254/")}), "inside"),
        (lambda outside: outside.pages.update({"/x": redirect("/x")}), "redirects"),
        (lambda outside: outside.pages.update({"/x": gzip_bomb}), "size"),
    ],
)
def test_whatever_the_outside_does_the_bookmark_stays_and_says_so(world, space, outside, prepare, trouble):
    prepare(outside)
    item, _new = keep(space, world.coumba, outside.address("/x"), "Typed", "Note")
    bookmark = read(item)
    assert (bookmark.status, bookmark.trouble, item.title) == (Status.FAILED, trouble, "Typed")


def test_what_a_page_says_of_itself_is_text_and_nothing_else(world, space, outside, sign_in):
    evil = "</title><script>alert(1)</script>"
    outside["/page"] = html(
        '<meta property="og:description" content="&lt;img src=x onerror=alert(1)&gt;">', f"{evil}{'a ' * 200}"
    )
    item, _new = keep(space, world.coumba, outside.address("/page"))
    read(item)
    shown = sign_in(world.coumba).get(item.get_absolute_url()).content.decode()
    assert "<script>alert" not in shown and "<img src=x" not in shown


def test_a_page_is_kept_under_its_own_name(world, space, outside):
    outside["/story?from=mail"] = html(f'<link rel="canonical" href="{outside.address("/story")}">')
    item, _new = keep(space, world.coumba, outside.address("/story?from=mail"))
    assert read(item).canonical == f"{outside.host}/story"


def test_a_page_does_not_speak_in_the_name_of_another_site(world, space, outside):
    outside["/page"] = html('<link rel="canonical" href="https://bank.example/">')
    item, _new = keep(space, world.coumba, outside.address("/page"))
    assert read(item).canonical == f"{outside.host}/page"


def test_two_addresses_of_one_page_are_joined_with_their_savers(world, space, outside, sign_in):
    outside["/story"] = html()
    outside["/short"] = redirect("/story", 301)
    elder, _new = keep(space, world.coumba, outside.address("/story"))
    younger, new = keep(space, world.marc, outside.address("/short"), note="Moi aussi")
    assert new
    read(younger)
    assert younger.state == State.TRASHED
    assert set(elder.bookmark.savers.values_list("person__handle", flat=True)) == {"coumba", "marc"}
    response = sign_in(world.marc).get(younger.get_absolute_url())
    assert response.url == elder.get_absolute_url()


def test_a_bookmark_that_moves_to_where_the_page_is_kept_is_joined(world, space):
    here, _new = keep(space, world.coumba, "https://example.org/a", note="Ici")
    there, _new = keep(world.spaces["maison"], world.awa, "https://example.org/a", note="Là")
    there = lifecycle.move(there, world.marc, space)
    settle(Event.objects.filter(verb="moved", item=there.pk).get())
    there.refresh_from_db()
    assert there.state == State.TRASHED and there.extras["joined"] == here.pk
    assert set(here.bookmark.savers.values_list("note", flat=True)) == {"Ici", "Là"}


@pytest.mark.django_db(transaction=True)
def test_two_people_who_keep_it_at_once_keep_one(world, space):
    people, found = [world.coumba, world.marc, world.idrissa, world.relais], []

    def keeping(person):
        try:
            found.append(keep(space, person, "https://example.org/at-once")[0].pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=keeping, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1
    assert Saver.objects.filter(bookmark=found[0]).count() == 4


def test_no_transaction_waits_for_the_outside(world, space, outside, monkeypatch):
    item, _new = keep(space, world.coumba, outside.address("/page"))
    asked = []
    real = fetching.fetch
    depth = len(connection.savepoint_ids)

    def watched(*arguments, **options):
        asked.append(len(connection.savepoint_ids) == depth)
        return real(*arguments, **options)

    monkeypatch.setattr(fetching, "fetch", watched)
    read(item)
    assert asked == [True]


def test_the_lines_of_a_page_are_told_apart_in_an_excerpt(world, space):
    item, _new = keep(space, world.coumba, "https://example.org/lines")
    introduced(item, Bookmark(text="Prix\nDélai.\nLieu"))
    assert item.excerpt == "Prix · Délai. Lieu"


def test_what_people_wrote_on_a_bookmark_does_not_go_to_the_trash_with_it(world, space, outside):
    outside["/story"] = html()
    outside["/short"] = redirect("/story", 301)
    keep(space, world.coumba, outside.address("/story"))
    younger, _new = keep(space, world.marc, outside.address("/short"))
    Comment.objects.create(item=younger, by=world.marc, body="À lire.")
    assert read(younger).status == Status.READ and younger.state == State.PUBLISHED


def test_notes_and_tags_of_two_addresses_are_put_together(world, space, outside):
    outside["/story"] = html()
    outside["/short"] = redirect("/story", 301)
    elder, _new = keep(space, world.coumba, outside.address("/story"), note="Un")
    younger, _new = keep(space, world.coumba, outside.address("/short"), note="Deux")
    Tag.objects.made(["fibre"])
    Tag.objects.get(key="fibre").put_on(younger, world.coumba)
    read(younger)
    assert elder.bookmark.savers.get().note == "Un · Deux"
    assert elder.taggings.get().tag.key == "fibre"


def test_a_bookmark_out_of_the_trash_opens_when_its_elder_is_gone_and_is_joined_when_it_is_not(world, space, sign_in):
    first, _new = keep(space, world.coumba, "https://example.org/a")
    lifecycle.trash(first, world.coumba)
    second, _new = keep(space, world.coumba, "https://example.org/a")
    lifecycle.restore(first, world.coumba)
    settle_again(Event.objects.filter(verb="restored").last())
    first.refresh_from_db()
    assert first.state == State.TRASHED and first.extras["joined"] == second.pk
    assert sign_in(world.coumba).get(first.get_absolute_url()).url == second.get_absolute_url()
    lifecycle.restore(first, world.coumba)
    assert sign_in(world.coumba).get(first.get_absolute_url()).status_code == 200


def published(item):
    """What is heard once a withdrawn bookmark is published again."""
    lifecycle.publish_now(item, item.author)
    settle_published(Event.objects.filter(verb="published"))
    return item


@pytest.fixture
def kept_meanwhile(world, space):
    """A bookmark that was withdrawn, and the one that somebody else made of its page since."""
    first, _new = keep(space, world.coumba, "https://example.org/a", note="Un")
    lifecycle.withdraw(first, world.coumba)
    second, new = keep(space, world.marc, "https://example.org/a", note="Deux")
    assert new
    return first, second


def test_a_withdrawn_bookmark_is_joined_with_the_one_kept_meanwhile(world, kept_meanwhile):
    first, second = kept_meanwhile
    published(first).refresh_from_db()
    assert (first.state, first.extras["joined"]) == (State.TRASHED, second.pk)
    assert {saver.person: saver.note for saver in second.bookmark.savers.all()} == {
        world.coumba: "Un",
        world.marc: "Deux",
    }


def test_where_people_have_spoken_on_it_the_one_kept_meanwhile_joins_it(world, kept_meanwhile):
    first, second = kept_meanwhile
    Comment.objects.create(item=first, by=world.coumba, body="À lire.")
    published(first).refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.PUBLISHED, State.TRASHED)
    assert first.bookmark.savers.count() == 2


def test_a_reading_that_failed_for_good_says_so_and_can_be_tried_again(world, space, sign_in):
    item, _new = keep(space, world.coumba, "https://example.org/a")
    give_up_forgotten()
    assert Bookmark.objects.get(pk=item.pk).status == Status.WAITING  # its job waits
    ProcrastinateJob.objects.filter(args__listener=f"{read_new.__module__}.read_new").update(status="failed")
    give_up_forgotten()
    assert Bookmark.objects.get(pk=item.pk).status == Status.FAILED
    client = sign_in(world.coumba)
    page = client.get(item.get_absolute_url(), headers={"Accept-Language": "en"}).text
    assert "failed several times" in page or "échoué plusieurs fois" in page
    assert client.post(f"/bookmarks/{item.pk}/reading/").status_code == 302
    give_up_forgotten()
    assert Bookmark.objects.get(pk=item.pk).status == Status.WAITING


def test_what_was_read_is_applied_to_the_bookmark_as_it_is_now(world, space, outside):
    item, _new = keep(space, world.coumba, outside.address("/page"))
    stale = Bookmark.objects.select_related("item__author", "item__space").get(pk=item.pk)
    page = fetching.look(stale.address)
    writing.revise(item, world.coumba, item.title, "Nos mots.", based_on=1)
    fetching.learn(stale, page)
    item.refresh_from_db()
    assert (item.excerpt, item.title) == ("Nos mots.", "L’observatoire de la fibre")


def test_what_was_read_changes_nothing_in_the_trash_nor_for_whom_may_not_write(world, space, outside):
    one, two = (keep(place, world.coumba, outside.address("/page"))[0] for place in (space, world.spaces["maison"]))
    stale = Bookmark.objects.select_related("item__author", "item__space").get(pk=one.pk)
    page = fetching.look(stale.address)
    lifecycle.trash(one, world.coumba)
    fetching.learn(stale, page)
    one.refresh_from_db()
    assert one.version == 1 and Bookmark.objects.get(pk=one.pk).status == Status.READ
    type(world.coumba).objects.filter(pk=world.coumba.pk).update(is_active=False)
    fetching.learn(Bookmark.objects.get(pk=two.pk), page)
    two.refresh_from_db()
    assert two.version == 1 and Bookmark.objects.get(pk=two.pk).status == Status.READ


def test_a_note_can_be_emptied_and_pressing_again_says_nothing(world, space, sign_in):
    item, _new = keep(space, world.coumba, "https://example.org/a", note="Un")
    client = sign_in(world.coumba)
    client.post(f"/bookmarks/{item.pk}/saving/", {"note": ""})
    assert item.bookmark.savers.get().note == ""
    client.post(f"/bookmarks/{item.pk}/saving/", {"note": ""})
    assert Event.objects.filter(verb="bookmark_saved", item=item.pk).count() == 2
