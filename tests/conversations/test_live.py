"""The stream of a conversation is its participants'; who leaves, or came later, is let go of."""

import pytest

from palabre.conversations.models import Conversation
from palabre.signals import news

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
