"""Saved searches: what newly answers one reaches its owner once, with the search as the reason, and nobody else."""

import time

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish, revise
from palabre.search import follower, house
from palabre.search.models import Answered, SavedSearch
from palabre.signals.models import Entry, Follow, Level
from palabre.tags.models import Tag
from palabre.talk.models import Comment

BY_SEARCH = "follow.search"


@pytest.fixture
def save(world):
    """`save(person, text, **choice)` keeps a search of theirs, and wants to hear all of it."""

    def save(person, text, level=Level.ALL, **choice):
        search = SavedSearch.objects.create(person=person, name=text or "All", text=text, choice=choice)
        Follow.objects.set(person, level, search=search)
        return search

    return save


def test_what_is_published_and_answers_reaches_the_owner_with_the_search_as_the_reason(
    world, save, hear, heard, sign_in
):
    save(world.grace, "tariffs")
    save(world.coumba, "satellites")
    item = publish("page", world.spaces["maison"], world.marc, "Our tariff", "For all.", language="en")
    hear()
    assert heard(world.grace) == [("published", BY_SEARCH)]
    assert heard(world.coumba) == []
    page = sign_in(world.grace).get("/inbox/", headers={"Accept-Language": "en"}).text
    assert "tariffs" in page
    assert item.title in page
    assert f'action="/following/search/{SavedSearch.objects.get(person=world.grace).pk}/"' in page


def test_it_is_told_once_and_not_on_each_edit(world, save, hear, heard):
    save(world.grace, "tarifs")
    item = publish("page", world.spaces["maison"], world.marc, "Les tarifs", "Pour tous.")
    hear()
    revise(item, world.marc, "Les tarifs", "Pour tous les tarifs.", 1)
    hear()
    assert heard(world.grace) == [("published", BY_SEARCH)]


def test_an_edit_that_makes_it_answer_is_told(world, save, hear, heard):
    item = publish("page", world.spaces["maison"], world.marc, "Nos prix", "Pour tous.")
    hear()
    save(world.grace, "tarifs")
    revise(item, world.marc, "Nos prix", "Pour tous, les tarifs.", 1)
    hear()
    assert heard(world.grace) == [("edited", BY_SEARCH)]


def test_what_answered_already_before_the_search_was_saved_is_no_news(world, save, hear, heard):
    item = publish("page", world.spaces["maison"], world.marc, "Les tarifs", "Pour tous.")
    hear()
    save(world.grace, "tarifs")
    revise(item, world.marc, "Les tarifs", "Pour chacun.", 1)
    hear()
    Comment.say(item, world.marc, "Quels tarifs ?")
    hear()
    assert heard(world.grace) == []


def test_words_of_a_comment_answer_too(world, save, hear, heard):
    item = publish("page", world.spaces["maison"], world.marc, "Nos prix", "Pour tous.")
    hear()
    save(world.grace, "tarifs")
    Comment.say(item, world.marc, "Quels tarifs ?")
    hear()
    assert heard(world.grace) == [("commented", BY_SEARCH)]


def test_all_of_its_words_are_asked_for(world, save, hear, heard):
    save(world.grace, "tarifs antennes")
    publish("page", world.spaces["maison"], world.marc, "Les tarifs", "Pour tous.")
    hear()
    assert heard(world.grace) == []
    publish("page", world.spaces["maison"], world.marc, "Les tarifs", "D’une antenne.")
    hear()
    assert heard(world.grace) == [("published", BY_SEARCH)]


def test_nobody_hears_of_what_they_may_not_read_nor_that_it_answered(world, save, hear, heard):
    save(world.grace, "tarifs")
    item = publish("page", world.spaces["direction"], world.nadia, "Les tarifs", "Secrets.")
    hear()
    assert heard(world.grace) == []
    assert not Answered.objects.exists()
    lifecycle.move(item, world.tom, world.spaces["maison"])
    hear()
    assert Entry.objects.filter(person=world.grace, item=item).count() == len(heard(world.grace))


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("kind:page", True), ("kind:post", False),
        ("space:maison", True), ("space:reseau", False),
        ("author:marc", True), ("author:nadia", False),
        ("tag:fibre", True), ("tag:cuivre", False),
        ('"prise de rendez-vous"', True), ("rendez-vous -prise", False),
        ("(cuivre OR tarif)", True), ("tari*", True), ("in:title tarifs", True), ("in:title rendez-vous", False),
    ],
)  # fmt: skip
def test_the_whole_language_of_queries_is_understood(world, save, hear, heard, text, answers):
    save(world.grace, text)
    Tag.objects.made(["cuivre"])
    publish("page", world.spaces["maison"], world.marc, "Les tarifs", "La prise de rendez-vous pour la #fibre.")
    hear()
    assert bool(heard(world.grace)) is answers


@pytest.mark.parametrize(("choice", "answers"), [
    ({"kind": ["page"]}, True), ({"kind": ["post"]}, False),
    ({"space": ["maison", "reseau"]}, True), ({"space": ["reseau"]}, False), ({"space": ["gone"]}, False),
])  # fmt: skip
def test_what_was_ticked_beside_it_holds(world, save, hear, heard, choice, answers):
    save(world.grace, "tarifs", **choice)
    publish("page", world.spaces["maison"], world.marc, "Les tarifs", "Pour tous.")
    hear()
    assert bool(heard(world.grace)) is answers


def test_a_tag_that_comes_later_makes_it_answer(world, save, hear, heard):
    item = publish("page", world.spaces["maison"], world.marc, "Nos prix", "Pour tous.")
    hear()
    save(world.grace, "tag:fibre")
    Tag.objects.made(["Fibre"])["fibre"].put_on(item, world.marc)
    hear()
    assert [reason for _verb, reason in heard(world.grace)] == [BY_SEARCH]


def test_one_that_is_muted_says_nothing(world, save, hear, heard):
    save(world.grace, "tarifs", level=Level.MUTED)
    publish("page", world.spaces["maison"], world.marc, "Les tarifs", "Pour tous.")
    hear()
    assert heard(world.grace) == []


def test_a_search_is_saved_changed_and_removed_on_the_pages(world, sign_in):
    grace = sign_in(world.grace)
    sent = {"q": "tarifs kind:page", "name": "Tarifs", "level": "quiet", "space": ["maison", "direction"], "tag": ["x"]}
    assert grace.post("/following/searches/", sent).status_code == 302
    search = SavedSearch.objects.get(person=world.grace)
    assert search.choice == {"space": ["maison"]}, "a space she does not see is not known"
    assert Follow.objects.get(search=search).level == Level.QUIET
    grace.post("/following/searches/", sent | {"name": "Nos tarifs", "level": "all"})
    assert [each.name for each in SavedSearch.objects.filter(person=world.grace)] == ["Nos tarifs"]
    for address in ("/search/", "/following/"):
        assert "Nos tarifs" in grace.get(address).text
        assert "Nos tarifs" not in sign_in(world.coumba).get(address).text
    there = f"/following/search/{search.pk}/"
    assert sign_in(world.coumba).post(there, {"level": ""}).status_code == 404
    grace.post(there, {"level": "muted"})
    assert Follow.objects.get(search=search).level == Level.MUTED
    grace.post(there, {"level": ""})
    assert not SavedSearch.objects.filter(person=world.grace).exists()


def test_the_page_of_results_says_that_it_is_followed_and_ends_it(world, sign_in, settings, tmp_path):
    settings.DATA = tmp_path
    follower.rebuild(house.shelf())
    grace, coumba = sign_in(world.grace), sign_in(world.coumba)
    address = "/search/?q=tarifs&kind=page"
    assert "Follow this search" in grace.get(address).text
    grace.post("/following/searches/", {"q": "tarifs", "kind": ["page"], "name": "Tarifs", "level": "all"})
    search = SavedSearch.objects.get(person=world.grace)
    shown = grace.get(address).text
    assert "Search followed" in shown and "Follow this search" not in shown
    assert f"/following/search/{search.pk}/" in shown
    for other in ("/search/?q=tarifs", "/search/?q=tarifs&kind=post", "/search/?q=tarif&kind=page"):
        assert "Follow this search" in grace.get(other).text, other
    assert "Search followed" not in coumba.get(address).text
    back = grace.post(f"/following/search/{search.pk}/", {"level": "", "next": address}, follow=True)
    assert back.redirect_chain[0][0] == address
    assert "Follow this search" in back.text


def test_a_search_for_nothing_is_not_saved(world, sign_in):
    sign_in(world.grace).post("/following/searches/", {"q": " * ", "name": "All", "level": "all"})
    assert not SavedSearch.objects.exists()


def test_a_kind_in_a_space_is_followed_from_its_list(world, sign_in):
    grace = sign_in(world.grace)
    space = world.spaces["maison"]
    page = grace.get("/spaces/maison/posts/").text
    assert 'name="kind" value="post"' in page
    grace.post(f"/following/space/{space.pk}/", {"level": "all", "kind": "post"})
    assert Follow.objects.get(person=world.grace, space=space).kind == "post"
    assert "data-heard" in grace.get("/spaces/maison/posts/").text
    assert 'name="kind" value="post"' in grace.get("/following/").text
    grace.post(f"/following/space/{space.pk}/", {"level": "", "kind": "post"})
    assert not Follow.objects.filter(person=world.grace, space=space).exists()


def test_a_thousand_searches_cost_an_item_little(world, hear):
    """Measured: some tens of milliseconds; what is asserted is that nearly all are set aside unasked."""
    from palabre.journal.models import Event
    from palabre.search import standing

    words = [f"mot{number}" for number in range(1000)]
    SavedSearch.objects.bulk_create(SavedSearch(person=world.grace, name=word, text=word) for word in words)
    item = publish("page", world.spaces["maison"], world.marc, "Les tarifs", "Le mot7 et d’autres.")
    event = Event.objects.filter(item=item.pk, verb="published").get()
    began = time.perf_counter()
    found = standing.answered([event], {item.pk: item}, SavedSearch.objects.all())
    print(f"{(time.perf_counter() - began) * 1000:.0f} ms")
    assert [search for some in found.values() for search, _ in some] == [SavedSearch.objects.get(text="mot7").pk]
