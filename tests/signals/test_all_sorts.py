"""An inbox that holds something of every sort of which words are quoted: they all stand there, and it asks no more."""

from html import escape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from palabre.items.models import Item
from palabre.journal.quoting import _rows, _sources, quotable, quoted
from palabre.journal.recording import event, record_many
from palabre.signals.models import Entry, Signal
from palabre.talk.models import Comment

pytestmark = pytest.mark.usefixtures("stories_told")


@pytest.fixture
def told(demo_world):
    """What might be told, once for each verb that has words: of an item each where there are so many, and of the
    first row of one that says any.
    """
    items = list(Item.objects.visible_to(demo_world.marc).exclude(kind="argument").order_by("pk"))
    found = []
    for verb in sorted(quotable()):
        found.append(speaking(verb, demo_world.awa, items.pop(), {each.item for each in found}))
    return record_many(found)


def speaking(verb, by, item, told_already):
    rows = _rows[_sources[verb][0]]
    keys = rows.found().order_by("pk").values_list("pk", flat=True)
    every = [{"item": item.pk, "reason": "Parce que."} | {rows.named: key} for key in keys]
    for named in sorted(every, key=lambda each: each["item"] in told_already):
        if quoted([said := event(verb, by, **named)]):
            return said
    raise AssertionError(f"the demo world has no words for {verb}")


def put_in(person, events):
    Signal.objects.filter(person=person).delete()
    Entry.objects.filter(person=person).delete()
    for each in events:
        about = {"person": person, "item_id": each.item, "event": each.pk, "at": each.at}
        Signal.objects.create(**about, verb=each.verb, by_id=each.by, reason="author", loud=True)
        there = {"space": Item.objects.get(pk=each.item).space, "unread": True, "loud": True, "seen": 0}
        Entry.objects.update_or_create(person=person, item_id=each.item, defaults=about | there)


def asked(client):
    client.get("/inbox/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/inbox/").text
    return page, [query["sql"] for query in queries]


def test_words_of_all_sorts_are_found_in_one_question_and_each_as_if_alone(told):
    with CaptureQueriesContext(connection) as queries:
        together = quoted(told)
    assert len(queries) == 1
    assert together == {pk: quote for each in told for pk, quote in quoted([each]).items()}
    assert [each.verb for each in told if each.pk not in together] == []


def test_an_inbox_of_all_sorts_asks_no_more_than_one_of_comments(demo_world, told, sign_in):
    client = sign_in(demo_world.marc)
    put_in(demo_world.marc, [each for each in told if each.verb == "commented"])
    _page, few = asked(client)
    assert len(told) >= 20
    with translation.override(demo_world.marc.language):
        words = {pk: escape(quote.text) for pk, quote in quoted(told).items()}
    for some in told[::2], told[1::2]:  # a page holds thirty things
        put_in(demo_world.marc, some)
        page, many = asked(client)
        assert [each.verb for each in some if words[each.pk] not in page] == []
        assert len(many) == len(few) <= 9, "\n".join(many)


def test_what_was_taken_back_has_no_words(told):
    Comment.objects.update(deleted_at=told[0].at)
    Item.objects.filter(kind__in=("answer", "argument")).update(state="trashed")
    assert {each.verb for each in told if each.pk not in quoted(told)} == {
        *("commented", "comment_edited", "messaged"),
        *("question_answered", "answer_accepted", "argument_given", "objection_lifted"),
    }
