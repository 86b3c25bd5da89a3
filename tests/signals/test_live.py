"""What the live process offers of signals goes through the doors of the pages, for each of the cast."""

import asyncio

import psycopg
import pytest

from palabre.authoring import lifecycle
from palabre.authoring.lifecycle import name_owner
from palabre.authoring.writing import publish
from palabre.journal import following
from palabre.journal.models import Event
from palabre.kit import live
from palabre.people.sessions import ENDED, digest
from palabre.signals import news
from palabre.signals.streams import Hub, Stream
from palabre.spaces.models import Space
from palabre.talk.models import Comment, Gesture, Reaction
from tests.architecture import rights

SPACES = {"reseau": "coumba", "installateurs": "marc", "le-fil": "marc"}


@pytest.fixture
def items(world):
    return {
        slug: publish("page", world.spaces[slug], getattr(world, author), f"Dans {slug}", "Texte.")
        for slug, author in SPACES.items()
    }


def test_no_page_of_what_one_may_not_read_is_streamed(world, items, ask):
    for slug, item in items.items():
        for key in set(rights.EVERYBODY) - set(rights.READERS[slug]) | {None}:
            answer = ask(getattr(world, key) if key else None, "GET", f"/news/?item={item.pk}")
            assert answer.status_code in ((401,) if key in rights.STRANGERS else (404,)), (slug, key)


def test_only_who_may_comment_says_that_they_are_writing(world, items, ask):
    for slug, item in items.items():
        for key in rights.EVERYBODY:
            answer = ask(getattr(world, key) if key else None, "POST", f"/news/{item.pk}/writing/")
            assert answer.status_code == (204 if key in rights.commenters(slug) else 404), (slug, key)


def test_nobody_is_writing_where_nothing_can_be_said(world, items, ask):
    lifecycle.archive(items["le-fil"], world.marc)
    assert ask(world.marc, "POST", f"/news/{items['le-fil'].pk}/writing/").status_code == 404


def test_a_page_whose_item_was_moved_stands_in_its_new_space():
    hub, here, elsewhere = Hub(), Stream(1, "fr", item=12, space=3), Stream(1, "fr", item=13, space=3)
    hub.streams |= {here, elsewhere}
    hub.follow_moves([Event(verb="moved", item=12, space=4), Event(verb="audience_changed", space=5)])
    assert (here.space, elsewhere.space) == (4, 3)


def test_the_pages_of_a_session_that_is_ended_are_let_go_and_no_others():
    hub, here, elsewhere = Hub(), Stream(1, "fr", session=digest("here")), Stream(1, "fr", session=digest("elsewhere"))
    hub.streams |= {here, elsewhere}
    hub._sign_out({digest("here")})
    assert hub.streams == {elsewhere}
    assert b"event: gone" in here._news.get_nowait()


@pytest.mark.django_db(transaction=True)
def test_signing_out_says_which_session_was_ended(world, sign_in):
    client = sign_in(world.awa)
    key = client.session.session_key
    with psycopg.connect(**following.parameters(), autocommit=True) as listening:
        listening.execute(f"LISTEN {ENDED}")
        client.logout()
        [notice] = listening.notifies(timeout=5, stop_after=1)
    assert notice.payload == digest(key)


@pytest.fixture
def people(transactional_db, world):
    return {key: getattr(world, key) for key in ("awa", "marc", "nadia")}


@pytest.fixture
def elsewhere():
    """A second session on the same database."""
    with psycopg.connect(**following.parameters()) as other:
        yield other


def test_what_is_told_before_it_has_settled_is_told_once(people, elsewhere):
    item = publish("page", Space.objects.get(slug="maison"), people["awa"], "Le plan", "Texte.")
    place = following.settled()
    elsewhere.execute("SELECT pg_current_xact_id()")
    Comment.say(item, people["marc"], "Tout de suite.")
    events, pieces, where, early = news.happened(place, set(), {item.pk})
    assert [piece.event.verb for piece in pieces] == ["commented"]
    assert (where, early) == (place, {event.pk for event in events})
    assert news.happened(where, early, {item.pk})[:2] == ([], [])
    elsewhere.rollback()
    assert news.happened(where, early, {item.pk}) == ([], [], following.settled(), set())


def test_all_open_pages_are_told_in_their_language_and_who_wrote_that_it_is_theirs(people):
    item = publish("page", Space.objects.get(slug="maison"), people["awa"], "Le plan", "Texte.")
    hub = Hub()
    hub._place = following.settled()
    streams = [
        Stream(people[key].pk, language, item.pk)
        for key, language in (("marc", "fr"), ("awa", "fr"), ("awa", "en"), ("nadia", "en"))
    ]
    hub.streams |= {*streams, Stream(people["awa"].pk, "fr", item.pk + 1)}
    Comment.say(item, people["marc"], "Bien.")
    asyncio.run(hub._happened())
    told = [stream._news.get_nowait().decode() for stream in streams]
    assert ["Marc Badiane-Roux a commenté" in each for each in told] == [True, True, False, False]
    assert ['"mine": true' in each for each in told] == [True, False, False, False]
    assert all(stream._news.empty() for stream in hub.streams)


def test_what_is_said_on_a_page_does_not_wait_until_the_numbers_of_all_are_counted(people):
    hub, stream = Hub(), Stream(people["awa"].pk, "fr")
    hub.streams.add(stream)

    async def fill():
        hub._count_soon({people["awa"].pk})
        assert stream._news.empty()
        await hub._counting
        return await stream._news.get()

    assert b"event: inbox" in asyncio.run(fill())


@pytest.mark.django_db(transaction=True)
def test_that_one_may_look_again_is_told_to_the_pages_of_others_alone(people):
    item = publish("page", Space.objects.get(slug="maison"), people["awa"], "Le plan", "Texte.")
    hub, here = Hub(), Stream(people["awa"].pk, "fr", item=item.pk)
    mine, elsewhere = Stream(people["marc"].pk, "fr", item=item.pk), Stream(people["awa"].pk, "fr", item=item.pk + 1)
    hub.streams |= {here, mine, elsewhere}
    with psycopg.connect(**following.parameters(), autocommit=True) as listening:
        listening.execute(f"LISTEN {live.PAGES}")
        live.look_again(item.pk, "read", by=people["marc"].pk)
        [notice] = listening.notifies(timeout=5, stop_after=1)
    asyncio.run(hub._told({live.PAGES: [notice.payload]}))
    assert b'event: page\ndata: {"at": "read"}' in here._news.get_nowait()
    assert mine._news.empty() and elsewhere._news.empty()


def test_who_can_keep_no_line_open_asks_for_what_it_would_have_told(world, items, sign_in):
    item, marc = items["installateurs"], sign_in(world.marc)
    before = following.end()
    said = Comment.say(item, world.tidiane, "Vu.")
    told = marc.get("/inbox/news/", {"item": item.pk, "after": before.named}).json()
    assert [(each["comment"], each["thread"], each["mine"]) for each in told["happened"]] == [(said.pk, said.pk, False)]
    assert following.Position.read(told["after"]) is not None and "inbox" in told["waiting"]
    assert marc.get("/inbox/news/", {"item": item.pk, "after": "x"}).json()["happened"] == []
    assert sign_in(world.ines).get("/inbox/news/", {"item": item.pk}).status_code == 404


def test_whatever_happens_to_an_answer_says_in_which_thread_it_stands(world, items):
    item = items["installateurs"]
    opening = Comment.say(item, world.marc, "Vu ?")
    answer = Comment.say(item, world.tidiane, "Vu.", parent=opening)
    before = following.end()
    answer.edit(world.tidiane, "Vu hier.")
    answer.delete_by(world.tidiane)
    answer.restore(world.tidiane)
    Reaction.toggle(item, answer, Gesture.AGREE, world.marc)
    Reaction.toggle(item, answer, Gesture.AGREE, world.marc)
    told = [piece.data("fr", world.marc.pk) for piece in news.pieces(news.missed(before, item.pk))]
    assert [(each["thread"], each["comment"]) for each in told] == [(opening.pk, answer.pk)] * 5


def test_a_page_is_told_of_all_that_its_followers_hear_and_where_that_stands(world, items):
    question = publish("question", world.spaces["maison"], world.awa, "Où est la clé ?", "Celle du 2e.").question
    before = following.end()
    answer = question.answer(world.marc, "Chez moi.")
    Comment.say(question.item, world.marc, "Merci.")
    name_owner(question.item, world.awa, world.marc)
    told = [piece.data("fr", world.awa.pk) for piece in news.pieces(news.missed(before, question.pk))]
    assert told[0]["said"] == f"{world.marc.name} a répondu"
    assert [(each["text"], each["place"]) for each in told] == [
        (True, f"answer-{answer.pk}"),
        (False, ""),  # a comment comes by itself
        (False, ""),  # what is said to one person is said to no other
    ]
