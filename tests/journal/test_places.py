"""Places: what has happened is told once, in the order of the journal, and no error ends the reading."""

import pytest
from django.db import transaction

from palabre.journal import places
from palabre.journal.places import keep_reading
from palabre.journal.recording import record
from palabre.signals.models import Place

pytestmark = pytest.mark.django_db(transaction=True)


class Broken(Exception):
    pass


def say(name):
    with transaction.atomic():
        return record("organisation_described", None, organisation=name).pk


@pytest.fixture
def place():
    Place.objects.all().delete()
    with transaction.atomic():
        Place.take()


def test_who_begins_hears_of_what_happens_from_then_on_each_thing_once(place):
    told = []
    first, second = say("Une"), say("Deux")
    assert Place.read_on(lambda events: told.extend(event.pk for event in events)) == 2
    say("Trois")
    Place.read_on(lambda events: told.extend(event.pk for event in events))
    assert told[:2] == [first, second]
    assert len(told) == len(set(told)) == 3
    assert Place.read_on(told.extend) == 0


def test_who_tells_of_some_hears_of_the_others_next(place):
    told = []

    def tell_one(events):
        told.append(events[0].pk)
        return 1

    said = [say("Une"), say("Deux"), say("Trois")]
    assert Place.read_on(tell_one) == 3
    assert told == said


def test_what_could_not_be_told_is_told_the_next_time(place):
    def fail(_events):
        raise Broken

    pk, told = say("Une"), []
    with pytest.raises(Broken):
        Place.read_on(fail)
    Place.read_on(lambda events: told.extend(event.pk for event in events))
    assert told == [pk]


def test_no_error_ends_the_reading(monkeypatch, caplog):
    monkeypatch.setattr(places, "PAUSE", 0)
    looks = []

    def read():
        looks.append(len(looks))
        if len(looks) == 1:
            raise Broken("one event that nobody understands")

    keep_reading(lambda: None, read, lambda: len(looks) == 3)
    assert looks == [0, 1, 2]
    assert "could not be told" in caplog.text


def test_what_happens_meanwhile_is_left_for_the_next_look(place):
    told = []

    def tell(events):
        told.extend(event.pk for event in events)
        if len(told) == 1:
            said.append(say("Deux"))

    said = [say("Une")]
    assert Place.read_on(tell) == 1
    assert Place.read_on(tell) == 1
    assert told == said
