"""Carrying: who is absent is interrupted by what is worth it, by one way, once; the rest waits and says why."""

from datetime import UTC, datetime, timedelta

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.kit.clock import now
from palabre.people.attention import Attention, Spent
from palabre.people.models import Session
from palabre.signals import carrying, ways
from palabre.signals.models import Carried, Entry, Follow, Held, Level, Signal
from palabre.talk.models import Comment

WORKING = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """`clock(hours=1)` moves the hour on; it begins in the middle of a working day."""
    moment = [WORKING]

    def move(**by):
        moment[0] += timedelta(**by)

    monkeypatch.setattr(carrying, "now", lambda: moment[0])
    return move


@pytest.fixture
def post(monkeypatch):
    """The ways out, each a list of what it was given; `post["push"]` reaches nobody until it is told whom."""
    kept = {"push": [], "mail": [], "devices": set()}
    monkeypatch.setitem(ways._offered, "push", ways.Way("push", lambda _: kept["devices"], kept["push"].extend))
    monkeypatch.setitem(ways._offered, "mail", ways.Way("mail", set, kept["mail"].extend))
    return kept


@pytest.fixture
def page(world, hear):
    item = publish("page", world.spaces["maison"], world.awa, "Le plan", "Texte.")
    hear()
    Signal.objects.all().delete()
    return item


def mention(world, page, hear, who=None):
    Comment.say(page, world.marc, f"@{(who or world.awa).handle} ?")
    hear()
    Signal.objects.update(at=WORKING - timedelta(minutes=1), due_at=WORKING - timedelta(minutes=1))


def fate(person):
    return [(each.carried, each.held) for each in Signal.objects.of(person).order_by("event")]


def was_here(person, ago):
    Session.objects.create(
        session_key=f"of-{person.pk}", person=person, expire_date=WORKING + timedelta(days=1), seen_at=WORKING - ago
    )


def test_what_is_said_to_who_is_absent_goes_by_mail_at_once_and_is_entered_in_the_ledger(
    world, page, hear, clock, post
):
    mention(world, page, hear)
    carrying.carry()
    assert fate(world.awa) == [(Carried.MAIL, "")]
    assert [each.person_id for each in post["mail"]] == [world.awa.pk]
    assert Spent.objects.filter(person=world.awa).count() == 1
    carrying.carry()
    assert len(post["mail"]) == 1


def test_a_device_comes_before_a_letter_and_never_both(world, page, hear, clock, post):
    post["devices"] = {world.awa.pk}
    mention(world, page, hear)
    carrying.carry()
    assert fate(world.awa) == [(Carried.PUSH, "")]
    assert post["mail"] == []


def test_what_a_device_could_not_show_goes_by_mail_after_all(world, page, hear, clock, post):
    post["devices"] = {world.awa.pk}
    mention(world, page, hear)
    carrying.carry()
    post["devices"] = set()
    carrying.give_back([each.pk for each in post["push"]], Carried.PUSH)
    Signal.objects.update(due_at=WORKING)
    carrying.carry()
    assert fate(world.awa) == [(Carried.MAIL, "")]
    assert Spent.objects.filter(person=world.awa).count() == 1


def test_who_is_here_sees_it_and_is_written_to_only_once_they_are_absent(world, page, hear, clock, post):
    was_here(world.awa, timedelta(minutes=2))
    mention(world, page, hear)
    carrying.carry()
    assert fate(world.awa) == [("", "")]
    clock(minutes=2)
    carrying.carry()
    assert fate(world.awa) == [(Carried.MAIL, "")]


def test_who_has_been_here_since_has_had_it_in_their_inbox(world, page, hear, clock, post):
    was_here(world.awa, timedelta())
    mention(world, page, hear)
    carrying.carry()
    assert fate(world.awa) == [(Carried.LIVE, "")]
    assert post["mail"] == []


@pytest.mark.parametrize("gesture", ["read", "done", "mute", "trash"])
def test_what_was_read_muted_or_went_out_of_sight_is_carried_by_nothing(world, page, hear, clock, post, gesture):
    mention(world, page, hear)
    match gesture:
        case "read":
            Entry.objects.filter(person=world.awa).see(10**9)
        case "done":
            Entry.objects.filter(person=world.awa).update(done_at=WORKING)
        case "mute":
            Follow.objects.set(world.awa, Level.MUTED, item=page)
        case "trash":
            lifecycle.trash(page, world.awa)
    carrying.carry()
    [(carried, _held)] = fate(world.awa)
    assert carried == (Carried.LIVE if gesture in ("read", "done") else Carried.NONE)
    assert post["mail"] == []


def test_nothing_rings_in_quiet_hours_and_all_of_it_does_after_them(world, page, hear, clock, post):
    clock(hours=11)
    mention(world, page, hear)
    carrying.carry()
    assert fate(world.awa) == [("", Held.HOURS)]
    clock(hours=11)
    carrying.carry()
    assert fate(world.awa) == [(Carried.MAIL, "")]


def test_a_thing_interrupts_once_in_a_burst_unless_somebody_is_addressed(world, page, hear, clock, post):
    post["devices"] = {world.awa.pk}
    for _ in range(3):
        Comment.say(page, world.marc, "Encore.")
        hear()
        Signal.objects.filter(carried="", held="").update(at=WORKING, due_at=WORKING)
        carrying.carry()
        clock(minutes=1)
    assert fate(world.awa) == [(Carried.PUSH, ""), ("", Held.SAID), ("", Held.SAID)]
    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    hear()
    Signal.objects.filter(carried="", held="").update(at=WORKING, due_at=WORKING)
    carrying.carry()
    assert fate(world.awa)[-1] == (Carried.PUSH, "")


def test_the_less_is_left_of_the_day_the_more_a_thing_must_matter(world, hear, clock, post):
    Attention.objects.create(person=world.grace, interruptions=4)
    post["devices"] = {world.grace.pk}
    Follow.objects.create(person=world.grace, space=world.spaces["maison"])
    pages = [publish("page", world.spaces["maison"], world.awa, f"Page {n}", "Texte.") for n in range(4)]
    hear()
    Signal.objects.update(at=WORKING, due_at=WORKING)
    carrying.carry()
    assert sorted(fate(world.grace)) == [("", Held.ENOUGH), ("", Held.ENOUGH), (Carried.PUSH, ""), (Carried.PUSH, "")]
    for each in pages[:3]:
        Comment.say(each, world.marc, f"@{world.grace.handle} ?")
    hear()
    Signal.objects.filter(verb="commented").update(at=WORKING, due_at=WORKING)
    carrying.carry()
    said = Signal.objects.of(world.grace).filter(verb="commented").order_by("event")
    assert sorted((each.carried, each.held) for each in said) == [
        ("", Held.ENOUGH),
        (Carried.PUSH, ""),
        (Carried.PUSH, ""),
    ]


def test_who_has_no_device_is_not_written_to_for_what_they_only_follow(world, page, hear, clock, post):
    Comment.say(page, world.marc, "Une remarque.")
    hear()
    Signal.objects.update(at=WORKING, due_at=WORKING)
    carrying.carry()
    assert fate(world.awa) == [("", Held.WAY)]


def test_a_digest_takes_all_that_waits_and_nothing_else_carries_it_afterwards(world, page, hear, clock, post):
    Comment.say(page, world.marc, "Une remarque.")
    hear()
    Signal.objects.update(at=WORKING, due_at=WORKING)
    carrying.carry()
    told = carrying.gather(world.awa)
    assert [each.verb for each in told] == ["commented"]
    assert fate(world.awa) == [(Carried.DIGEST, Held.WAY)]
    assert carrying.gather(world.awa) == []
    clock(days=1)
    carrying.carry()
    assert fate(world.awa) == [(Carried.DIGEST, Held.WAY)]


def test_who_came_by_needs_no_digest(world, page, hear, clock, post):
    Comment.say(page, world.marc, "Une remarque.")
    hear()
    Signal.objects.update(at=WORKING - timedelta(hours=1), due_at=None)
    was_here(world.awa, timedelta(minutes=10))
    assert carrying.see_off() >= 1
    assert fate(world.awa) == [(Carried.LIVE, "")]
    assert carrying.gather(world.awa) == []


def test_what_is_said_of_one_thing_in_a_short_while_goes_out_as_one(world, page, hear, clock, post):
    other = publish("page", world.spaces["maison"], world.awa, "Autre", "Texte.")
    for item, words in ((page, "Un"), (page, "Deux"), (page, "Trois"), (other, "Ailleurs")):
        Comment.say(item, world.marc, f"@{world.awa.handle} {words}.")
    hear()
    waits = {each.due_at - now() for each in Signal.objects.of(world.awa).filter(verb="commented")}
    assert timedelta() < min(waits) and max(waits) <= carrying.PATIENCE
    said = list(Signal.objects.of(world.awa).filter(verb="commented").order_by("event"))
    for number, signal in enumerate(said):
        Signal.objects.filter(pk=signal.pk).update(at=WORKING, due_at=WORKING + timedelta(seconds=10 * number))
    carrying.carry()
    assert [each.pk for each in post["mail"]] == [each.pk for each in said[:3]]
    assert Spent.objects.filter(person=world.awa).count() == 1
    clock(minutes=1)
    carrying.carry()
    assert [each.pk for each in post["mail"]] == [each.pk for each in said]
