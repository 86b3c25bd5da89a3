"""What matters to somebody: one line for each item, in their order, whatever happened; never what they may not see."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from palabre.authoring import lifecycle
from palabre.authoring.models import Trust
from palabre.authoring.writing import publish
from palabre.home.models import Trend
from palabre.items.models import Item
from palabre.people.models import Person
from palabre.people.sessions import BEFORE, Session
from palabre.search.models import SavedSearch
from palabre.signals.models import Entry, Follow, Level
from palabre.spaces import readership
from palabre.spaces.models import Membership, Request, Role, Space
from palabre.spaces.readership import counted
from palabre.tags.models import Tag
from palabre.talk.models import Comment, Gesture, Reaction

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def titles(page) -> list[str]:
    """The titles of a feed, in order."""
    return re.findall(r"<h3[^>]*><a href=[^>]*>([^<]*)</a></h3>", page.text.partition('id="feed"')[2])


@pytest.fixture
def reader(world, sign_in):
    return sign_in(world.awa)


def aged(item: Item, **ago) -> Item:
    Item.objects.filter(pk=item.pk).update(published_at=timezone.now() - timedelta(**ago))
    return item


def test_an_item_that_something_happened_to_comes_first_once_with_what_it_was(world, reader, hear):
    old = aged(publish("page", world.spaces["reseau"], world.awa, "Old plan", "Text."), days=5)
    publish("page", world.spaces["reseau"], world.marc, "New plan", "Text.")
    hear()
    Comment.say(old, world.marc, "One.")
    Comment.say(old, world.coumba, "Two.")
    hear()
    page = reader.get("/", headers=ENGLISH)
    assert titles(page) == ["Old plan", "New plan"]
    assert "a commenté" in page.text or "ont commenté" in page.text or "commented" in page.text
    assert page.text.count('class="since"') == 1
    assert ">Two.</a>" in page.text, "the last that was said is there to read"
    Comment.objects.get(body="Two.").delete_by(world.coumba)
    again = reader.get("/", headers=ENGLISH).text
    assert "Two." not in again and ">One.</a>" in again, "what was taken back is shown to nobody"


def test_the_words_of_an_answer_stand_with_its_question_until_they_are_put_away(world, reader, hear):
    asked = aged(publish("question", world.spaces["reseau"], world.awa, "Which reel?", "Text."), days=5)
    asked.question.item = asked
    answer = asked.question.answer(world.marc, "The **blue** one.")
    hear()
    assert f'href="/items/{answer.pk}/">The blue one.</a>' in reader.get("/", headers=ENGLISH).text
    lifecycle.trash(answer, world.marc)
    assert "The blue one." not in reader.get("/", headers=ENGLISH).text


@pytest.mark.parametrize("show", ["mine", "all"])
def test_paging_shows_each_item_once_and_none_is_left_out(world, reader, hear, show):
    items = [publish("post", world.spaces["reseau"], world.awa, f"Number {n:03}", "Text.") for n in range(130)]
    for number, item in enumerate(items):
        aged(item, hours=number + 1)
    hear()
    for item in items[::3]:
        Comment.say(item, world.marc, "Said.")
    hear()
    for number, item in enumerate(items[::3]):
        Entry.objects.filter(person=world.awa, item=item).update(at=timezone.now() - timedelta(hours=2 * number))
    found, address = [], f"/?show={show}"
    while address:
        page = reader.get(address)
        found += titles(page)
        after = page.context["feed"].next
        address = f"/?show={show}&after={after}" if after else ""
    assert len(found) == 130
    assert sorted(found) == sorted(item.title for item in items)


@pytest.mark.parametrize("thing", ["space", "kind", "tag", "author", "item", "search"])
def test_followed_shows_what_stands_in_what_one_follows_and_says_why(world, sign_in, hear, thing):
    space, grace = world.spaces["maison"], world.grace
    tag = Tag.objects.made(["Fibre"])["fibre"]
    item = publish("page", space, world.awa, "Followed thing", "Of the #fibre.")
    publish("post", space, world.marc, "Another thing", "Text.")
    search = SavedSearch.objects.create(person=grace, name="Fibres", text="fibre")
    followed = {
        "space": {"space": space},
        "kind": {"space": space, "kind": "page"},
        "tag": {"tag": tag},
        "author": {"author": world.awa},
        "item": {"item": item},
        "search": {"search": search},
    }[thing]
    follow = Follow.objects.create(person=grace, **followed)
    if thing == "search":
        item.record("edited", world.awa, version=2)
        grace.signals.create(event=1, item=item, space=space, verb="published", at=timezone.now(), loud=True,
                             reason="follow.search", follow=follow)  # fmt: skip
    page = sign_in(grace).get("/?show=followed")
    assert "Followed thing" in titles(page)
    assert ("Another thing" in titles(page)) is (thing == "space")
    assert 'class="why"' in page.text
    Follow.objects.filter(pk=follow.pk).update(level=Level.MUTED)
    assert titles(sign_in(grace).get("/?show=followed")) == []


def test_the_feed_never_shows_what_went_out_of_sight(world, reader, hear):
    item = publish("page", world.spaces["maison"], world.marc, "Shared plan", f"For @{world.awa.handle}.")
    hear()
    Follow.objects.set(world.awa, Level.ALL, author=world.marc)
    assert "Shared plan" in titles(reader.get("/"))
    lifecycle.move(item, world.marc, world.spaces["direction"])
    for show in ("mine", "followed", "all"):
        assert "Shared plan" not in reader.get(f"/?show={show}").text


def test_a_tab_is_a_fragment_for_htmx_and_a_page_without(world, reader):
    publish("page", world.spaces["le-fil"], world.marc, "Public plan", "Text.")
    fragment = reader.get("/?show=all", headers={"HX-Request": "true"})
    assert "<html" not in fragment.text
    assert 'hx-swap-oob="true"' in fragment.text
    assert titles(fragment) == titles(reader.get("/?show=all")) == ["Public plan"]


def test_what_is_new_since_the_last_visit_is_marked(world, reader):
    for number in (1, 50):
        aged(publish("page", world.spaces["reseau"], world.marc, f"Plan {number}", "Text."), hours=number)
    reader.get("/")
    session = Session.objects.get(person=world.awa)
    Session.objects.filter(pk=session.pk).update(seen_at=timezone.now() - timedelta(hours=3))
    page = reader.get("/")
    fresh, mark, rest = page.text.partition('class="last-visit"')
    assert mark
    assert "Plan 1<" in fresh
    assert "Plan 50" in rest
    assert 'class="last-visit"' in reader.get("/").text, "the whole visit has the same mark"


def since(page) -> str:
    """What the feed says is new since the last visit, in plain words."""
    said = re.search(r'<p class="since-visit[^>]*>(.*?)</p>', page.text)
    return " ".join(re.sub(r"<[^>]+>", " ", said[1]).split()) if said else ""


def test_how_much_is_new_is_said_above_the_feed_and_nothing_on_a_first_visit(world, sign_in):
    for number in (1, 2, 50):
        aged(publish("page", world.spaces["reseau"], world.marc, f"Plan {number}", "Text."), hours=number)
    first = sign_in(world.awa).get("/", headers=ENGLISH)
    assert titles(first) and not since(first) and 'class="fresh"' not in first.text
    Session.objects.filter(person=world.awa).delete()  # signed out, or forgotten long since
    Person.objects.filter(pk=world.awa.pk).update(here_at=timezone.now() - timedelta(hours=3))
    again = sign_in(world.awa)
    Person.objects.filter(pk=world.awa.pk).update(language="en")
    page = again.get("/")
    assert since(page).startswith("2 things are new since your last visit, ")
    assert not since(again.get("/?show=all&after=x~"))
    on_the_phone = sign_in(world.awa)
    assert since(on_the_phone.get("/")) == since(page), "one visit, on two devices"
    Session.objects.filter(person=world.awa).update(seen_at=timezone.now() - timedelta(minutes=40))
    assert since(again.get("/")).startswith("Nothing is new since your last visit, ")


def test_who_signs_out_was_here_until_then(world, sign_in):
    aged(publish("page", world.spaces["reseau"], world.marc, "Plan", "Text."), hours=2)
    reader = sign_in(world.awa)
    reader.get("/")
    here = timezone.now() - timedelta(hours=3)
    Session.objects.filter(person=world.awa).update(seen_at=here)
    reader.logout()
    world.awa.refresh_from_db()
    assert world.awa.here_at == here
    assert since(sign_in(world.awa).get("/"))


def test_a_visit_is_remembered_by_no_more_than_one_write(world, reader, django_assert_max_num_queries):
    reader.get("/")
    before = reader.session[BEFORE]
    reader.get("/")
    assert reader.session[BEFORE] == before


def test_a_visit_on_another_device_counts(world, sign_in):
    aged(publish("page", world.spaces["reseau"], world.marc, "Plan", "Text."), hours=5)
    sign_in(world.awa).get("/")
    here = sign_in(world.awa)
    Session.objects.filter(person=world.awa).update(seen_at=timezone.now() - timedelta(hours=4))
    assert 'class="last-visit"' not in here.get("/").text, "seen from the other device an hour after it appeared"


def test_a_mention_waits_until_it_is_answered(world, reader, hear):
    item = publish("page", world.spaces["reseau"], world.marc, "The plan", "Text.")
    Comment.say(item, world.marc, f"What says @{world.awa.handle}?")
    hear()
    page = reader.get("/", headers=ENGLISH)
    assert 'class="asks"' in page.text
    assert page.text.count('class="btn voice"') == 1, "the first that waits, and it alone, is the loudest thing"
    assert f"/comments/{Comment.objects.get().pk}/" in page.text
    Comment.say(item, world.awa, "Yes.")
    assert 'class="asks"' not in reader.get("/").text


def test_a_question_in_answer_waits_and_a_remark_does_not(world, reader, hear):
    item = publish("page", world.spaces["reseau"], world.marc, "The plan", "Text.")
    opening = Comment.say(item, world.awa, "Done.")
    Comment.say(item, world.marc, "Thanks.", parent=opening)
    hear()
    assert 'class="asks"' not in reader.get("/").text
    Comment.say(item, world.marc, "When?", parent=opening)
    hear()
    assert 'class="asks"' in reader.get("/").text
    reader.post(f"/inbox/{Entry.objects.get(person=world.awa, item=item).pk}/done/")
    assert 'class="asks"' not in reader.get("/").text


def test_a_mention_in_what_went_out_of_sight_waits_no_more(world, reader, hear):
    item = publish("page", world.spaces["maison"], world.marc, "Secret plan", "Text.")
    Comment.say(item, world.marc, f"What says @{world.awa.handle}?")
    hear()
    lifecycle.move(item, world.marc, world.spaces["direction"])
    assert "Secret plan" not in reader.get("/").text


def test_what_one_answers_for_is_due_before_it_lapses(world, reader):
    item = publish("page", world.spaces["reseau"], world.marc, "The charter", "Text.")
    Item.objects.filter(pk=item.pk).update(owner=world.awa)
    Trust.confirm(item, world.marc, timezone.localdate() + timedelta(days=30))
    assert 'class="asks"' not in reader.get("/").text
    Trust.confirm(item, world.marc, timezone.localdate() + timedelta(days=3))
    page = reader.get("/")
    assert 'class="asks"' in page.text
    assert 'class="late"' in page.text


def test_a_request_for_access_waits_for_stewards(world, sign_in):
    space = world.spaces["reseau"]
    Request.objects.create(space=space, person=world.binta, role=Role.READER)
    steward = space.stewards().first()
    assert "/spaces/reseau/requests/" in sign_in(steward).get("/").text
    assert "/spaces/reseau/requests/" not in sign_in(world.grace).get("/").text


def test_much_discussed_counts_people_once_and_only_what_the_reader_sees(world, reader):
    alone = publish("page", world.spaces["maison"], world.marc, "Alone", "Text.")
    shared = publish("page", world.spaces["maison"], world.marc, "Shared", "Text.")
    hidden = publish("page", world.spaces["direction"], world.nadia, "Hidden", "Text.")
    for _ in range(9):
        Comment.say(alone, world.marc, "Me again.")
    Comment.say(shared, world.marc, "First.")
    Reaction.toggle(shared, None, Gesture.AGREE, world.coumba)
    for person in (world.nadia, world.marc, world.coumba):
        Comment.say(hidden, person, "Secret.")
    assert Trend.compute() == 2
    told = reader.get("/").context["trending"]
    assert [(talked.title, talked.people) for talked in told] == [("Shared", 2)]
    Comment.objects.filter(item=shared).update(at=timezone.now() - timedelta(days=8))
    assert Trend.compute() == 1


def test_who_said_something_lately_weighs_more(world):
    lately = publish("page", world.spaces["maison"], world.marc, "Lately", "Text.")
    before = publish("page", world.spaces["maison"], world.marc, "Before", "Text.")
    for item in (lately, before):
        for person in (world.marc, world.coumba):
            Comment.say(item, person, "Word.")
    Comment.objects.filter(item=before).update(at=timezone.now() - timedelta(hours=48))
    Trend.compute()
    assert lately.trend.score == pytest.approx(2, abs=0.01)
    assert before.trend.score == pytest.approx(1, abs=0.01)


def test_a_newcomer_is_shown_spaces_people_and_a_first_step(world, sign_in):
    publish("page", world.spaces["maison"], world.marc, "A plan", "Text.")
    world.binta.memberships.all().delete()
    binta = sign_in(world.binta)
    page = binta.get("/", headers=ENGLISH)
    assert 'class="first-steps"' in page.text
    assert titles(page) == ["A plan"]
    assert world.marc.name in page.text
    response = binta.post("/spaces/maison/joining/", {"next": "/"})
    assert response["Location"] == "/"
    assert 'class="first-steps"' not in binta.get("/").text


def test_who_may_write_nowhere_yet_is_not_sent_to_write(world, sign_in):
    publish("page", world.spaces["le-fil"], world.marc, "A plan", "Text.")
    diego = sign_in(world.diego)
    page = diego.get("/", headers=ENGLISH).text.partition('class="first-steps"')[2].partition("</section>")[0]
    assert "Le Fil" in page and 'href="/write/"' not in page
    ines = sign_in(world.ines)
    world.ines.memberships.all().delete()
    assert 'href="/write/"' in ines.get("/").text.partition('class="first-steps"')[2].partition("</section>")[0]


def test_a_newcomer_is_not_shown_a_program_as_somebody_to_follow(world, sign_in):
    for author in (world.relais, world.marc):
        publish("page", world.spaces["maison"], author, f"From {author.name}", "Text.")
    world.binta.memberships.all().delete()
    page = sign_in(world.binta).get("/").text
    assert f"/following/author/{world.marc.pk}/" in page
    assert f"/following/author/{world.relais.pk}/" not in page


def test_in_a_house_without_spaces_the_first_step_is_to_open_one(world, sign_in):
    Membership.objects.all().delete()
    Space.objects.update(archived_at=timezone.now())
    opens, writes = 'class="btn primary" href="/spaces/new/"', 'class="btn primary" href="/write/"'
    nadia = sign_in(world.nadia)
    assert opens in nadia.get("/").text.partition('class="first-steps"')[2].partition("</section>")[0]
    assert writes not in nadia.get("/").text.partition('class="first-steps"')[2].partition("</section>")[0]
    assert "Nothing has been said here yet" not in nadia.get("/").text, "one thing to do is said at a time"
    begins = ("/commitments/new/", "/bookmarks/new/", "/consultations/new/own/", "/spaces/")
    registers = ("ideas", "questions", "decisions", "commitments", "consultations", "offers", "rules", "objectives")
    for address in (*begins, "/campaigns/", *(f"/{name}/" for name in registers)):
        answer = nadia.get(address, follow=True)
        assert (answer.status_code, opens in answer.text) == (200, True), f"who cannot write is not left at {address}"
    assert opens not in sign_in(world.ines).get("/write/").text


def test_a_row_says_how_many_read_it_and_nothing_where_everyone_may(world, reader):
    readership._numbers.clear()  # kept some minutes, from another test too
    slugs = ("reseau", "maison", "le-fil")
    for slug in slugs:
        publish("post", world.spaces[slug], world.marc, f"In {slug}", "Text.")
    rows = re.findall(r'<article class="item.*?</article>', reader.get("/?show=all").text, re.S)
    counts = counted(world.spaces.values())
    for slug in slugs:
        [row] = [each for each in rows if f">In {slug}<" in each]
        read = counts[world.spaces[slug].pk]
        told = re.findall(r"<small>(\d+)<span class=\"vh\"> personnes lisent ceci", row)
        assert told == ([] if read.everyone else [str(read.inside + read.outside)]), slug
