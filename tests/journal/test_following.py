"""Followers read what has settled, in one order, and lose nothing to slow transactions."""

import psycopg
import pytest
from django.db import connection

from palabre.journal import verbs
from palabre.journal.following import Position, end, follow, news
from palabre.journal.models import Event
from palabre.journal.recording import record

verbs.register(verbs.Verb("tested"))
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere():
    """A second session on the same database."""
    parameters = {k: v for k, v in connection.get_connection_params().items() if k not in ("cursor_factory", "context")}
    with psycopg.connect(**parameters) as other:
        yield other


def test_an_unknown_verb_is_an_error_of_the_room():
    with pytest.raises(KeyError):
        record("never_registered")


def test_events_are_followed_in_order(transactional_db):
    start = end()
    first, second = record("tested", item=1), record("tested", item=2)
    assert [event.pk for event in follow(start)] == [first.pk, second.pk]
    assert [event.pk for event in follow(Position(first.xid or follow(start)[0].xid, first.pk))] == [second.pk]


def test_a_slow_transaction_loses_no_event(elsewhere):
    start = end()
    elsewhere.execute("INSERT INTO journal_event (verb, particulars) VALUES ('tested', '{\"slow\": true}')")
    record("tested", fast=True)
    assert follow(start) == []  # not settled: the slow one may still come before
    elsewhere.commit()
    assert [event.particulars for event in follow(start)] == [{"slow": True}, {"fast": True}]


def test_news_of_an_event_is_heard():
    with news() as heard:
        record("tested")
        assert heard.wait(5)


def test_nothing_is_heard_of_what_was_rolled_back(elsewhere):
    with news() as heard:
        elsewhere.execute("INSERT INTO journal_event (verb, particulars) VALUES ('tested', '{}')")
        elsewhere.rollback()
        record("tested")
        heard.wait(5)
        assert Event.objects.filter(verb="tested").count() == 1
