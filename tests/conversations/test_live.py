"""The stream of a conversation is its participants'; who leaves, or came later, is let go of."""

import psycopg
import pytest

from palabre.authoring.writing import publish
from palabre.conversations.models import Conversation
from palabre.items.models import Item
from palabre.journal import following
from palabre.journal.models import Event
from palabre.kit import live
from palabre.signals import filling, lines, news
from palabre.signals.models import Signal
from palabre.talk.models import Comment

pytestmark = pytest.mark.django_db


def test_nobody_else_hears_a_conversation_or_writes_in_it(world, ask):
    group = Conversation.objects.start(world.awa, [world.marc, world.lea])
    group.say(world.awa, "Avant.")
    part = group.add([world.coumba], world.awa)
    for key in ("tom", "nadia", "tidiane"):
        assert ask(getattr(world, key), "GET", f"/news/?item={part.item_id}").status_code == 404
        assert ask(getattr(world, key), "POST", f"/news/{part.item_id}/writing/").status_code == 404
    assert ask(world.coumba, "GET", f"/news/?item={group.item_id}").status_code == 404
    assert ask(world.coumba, "POST", f"/news/{part.item_id}/writing/").status_code == 204


def test_who_leaves_is_let_go_of(world):
    group = Conversation.objects.start(world.awa, [world.marc, world.lea])
    everybody = {world.awa.pk, world.marc.pk, world.lea.pk}
    assert news.still_reading(group.item_id, everybody | {world.tom.pk}) == everybody
    group.leave(world.lea)
    assert news.still_reading(group.item_id, everybody) == everybody - {world.lea.pk}


def test_open_pages_are_told_how_many_conversations_hold_something_new(world, sign_in):
    before = news.waiting({world.marc.pk, world.lea.pk})
    talk = Conversation.objects.start(world.awa, [world.marc, world.lea])
    talk.say(world.awa, "Une nouvelle.")
    after = news.waiting({world.marc.pk, world.lea.pk, world.awa.pk})
    assert after[world.marc.pk]["conversations"] == before[world.marc.pk]["conversations"] + 1
    assert after[world.awa.pk]["conversations"] == 0
    assert sign_in(world.marc).get("/inbox/news/").json()["waiting"] == after[world.marc.pk]


@pytest.mark.django_db(transaction=True)
def test_lists_hear_of_a_draft_once_as_it_begins_and_ends_and_not_of_every_letter(world, sign_in):
    direct = Conversation.objects.start(world.awa, [world.marc])
    awa = sign_in(world.awa)
    with psycopg.connect(**following.parameters(), autocommit=True) as listening:
        listening.execute(f"LISTEN {live.WAITING}")
        for body in ("", "J", "Je", "Je voulais", "", ""):
            awa.post(f"/conversations/{direct.pk}/typing/", {"body": body})
        told = [notice.payload for notice in listening.notifies(timeout=0.2)]
    assert told == [str(world.awa.pk)] * 2


def test_what_happens_among_a_few_moves_the_lists_of_all_who_take_part_and_of_who_has_just_left(world):
    group = Conversation.objects.start(world.awa, [world.marc, world.lea])
    publish("page", world.spaces["maison"], world.tom, "Ailleurs", "Texte.")
    everybody = {person.pk for person in (world.awa, world.marc, world.lea, world.tom)}
    before = Event.objects.latest("pk").pk

    def told():
        return news.taking_part(Event.objects.filter(pk__gt=before), everybody)

    assert told() == set()
    said = group.say(world.awa, "Une nouvelle.")
    assert told() == everybody - {world.tom.pk}
    assert news.taking_part(Event.objects.filter(pk__gt=before), {world.marc.pk}) == {world.marc.pk}
    before = Event.objects.latest("pk").pk
    said.delete_by(world.awa)
    group.leave(world.lea)
    assert told() == everybody - {world.tom.pk}
    before = Event.objects.latest("pk").pk
    Comment.say(Item.objects.get(title="Ailleurs"), world.marc, "Une remarque.")
    assert told() == set()


def test_a_message_that_was_changed_is_called_a_message_live_in_the_inbox_and_on_its_buttons(world, sign_in):
    group = Conversation.objects.start(world.awa, [world.marc, world.lea])
    message = group.say(world.awa, "Demain.")
    message.edit(world.awa, "Demain, @marc.")
    changed = Event.objects.filter(verb="comment_edited", item=group.item_id)
    [piece] = news.pieces(changed)
    assert piece.said["en"] == f"{world.awa.name} changed a message"
    assert piece.said["fr"] == f"{world.awa.name} a modifié un message"
    filling.tell(list(changed))
    [told] = lines.told_of(world.marc, list(Signal.objects.filter(person=world.marc, verb="comment_edited")))[0].told
    assert told.sentence in piece.said.values()
    world.awa.language = "en"
    world.awa.save()
    page = sign_in(world.awa).get(group.item.get_absolute_url()).content.decode()
    assert "this message" in page
    assert "this comment" not in page
