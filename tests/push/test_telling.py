"""What devices are told: sealed, once, what is new and what may be read; and what becomes of those that are gone."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from py_vapid import Vapid02

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.kit.clock import now
from palabre.push import sending, way
from palabre.push.models import Device
from palabre.push.tasks import Patience, tell, try_out
from palabre.signals import carrying, ways
from palabre.signals.models import Carried, Entry, Signal
from palabre.talk.models import Comment
from tests.kit.outside import send

FIRST = SimpleNamespace(job=SimpleNamespace(attempts=0))
LAST = SimpleNamespace(job=SimpleNamespace(attempts=Patience.ATTEMPTS))


@pytest.fixture
def page(world, hear):
    item = publish("page", world.spaces["maison"], world.awa, "Le plan", "Texte.")
    hear()
    return item


@pytest.fixture
def commented(world, page, hear):
    """The signal of a comment for the author of a page, which is to go out by push."""
    Comment.say(page, world.marc, "Et le câble ?")
    hear()
    return pushed(world.awa)[0]


def pushed(person):
    Signal.objects.of(person).filter(carried="").update(carried=Carried.PUSH, carried_at=now())
    return list(Signal.objects.of(person).order_by("-event"))


def jobs():
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="push.tell", status="todo").order_by("id")]


def do_jobs(context=FIRST):
    for job in ProcrastinateJob.objects.filter(task_name="push.tell", status="todo").order_by("id"):
        tell(context, **job.args)


def test_push_is_a_way_and_says_who_can_be_reached(world, subscribed):
    assert ways.offered("push").send is way.send
    subscribed(world.awa)
    assert ways.offered("push").reachable({world.awa.pk, world.marc.pk}) == {world.awa.pk}


def test_a_device_is_told_what_the_inbox_says_sealed_and_signed(world, commented, subscribed):
    world.awa.language = "fr"
    world.awa.save()
    phone = subscribed(world.awa)
    way.send([commented])
    assert phone.got == []
    do_jobs()
    told = phone.opened()
    assert told == [
        {
            "title": "Le plan",
            "words": f"{world.marc.name} a commenté\nVous en êtes à l’origine",
            "address": commented.item.get_absolute_url(),
            "tag": f"item-{commented.item_id}",
            "event": commented.event,
            "count": 1,
        }
    ]
    headers, body = phone.got[0]
    assert Vapid02.verify(headers["Authorization"])
    assert headers["Content-Encoding"] == "aes128gcm"
    assert 0 < int(headers["TTL"]) <= 86400
    assert headers["Urgency"] in ("high", "normal")
    assert len(headers["Topic"]) == 32
    assert b"plan" not in body
    phone.device.refresh_from_db()
    assert phone.device.used_at


def test_each_device_is_told_and_a_burst_on_one_thing_is_one_message(world, page, hear, subscribed):
    phone, desk = subscribed(world.awa, "/phone"), subscribed(world.awa, "/desk")
    for words in ("Un.", "Deux.", "Trois."):
        Comment.say(page, world.marc, words)
    hear()
    way.send([signal for signal in pushed(world.awa) if signal.verb == "commented"])
    assert len(jobs()) == 2
    do_jobs()
    assert [len(each.opened()) for each in (phone, desk)] == [1, 1]


def test_later_news_of_one_thing_takes_the_place_of_earlier_ones(world, page, hear, subscribed):
    phone = subscribed(world.awa)
    for words in ("Un.", "Deux."):
        Comment.say(page, world.marc, words)
        hear()
        way.send(pushed(world.awa)[:1])
    do_jobs()
    first, second = phone.got
    assert first[0]["Topic"] == second[0]["Topic"]
    assert len({each["tag"] for each in phone.opened()}) == 1


def test_done_again_after_a_crash_it_is_the_same_message(world, commented, subscribed):
    phone = subscribed(world.awa)
    way.send([commented])
    do_jobs()
    do_jobs()
    first, second = phone.opened()
    assert first == second


def test_nothing_is_sent_of_what_was_seen_meanwhile(world, commented, subscribed):
    phone = subscribed(world.awa)
    way.send([commented])
    Entry.objects.filter(person=world.awa, item=commented.item).see(commented.event)
    do_jobs()
    assert phone.got == []


def test_nothing_is_sent_of_what_may_no_longer_be_read(world, commented, subscribed):
    phone = subscribed(world.awa)
    way.send([commented])
    lifecycle.trash(commented.item, world.awa)
    do_jobs()
    assert phone.got == []


def test_nothing_is_sent_of_what_was_decided_otherwise(world, commented, subscribed):
    phone = subscribed(world.awa)
    way.send([commented])
    carrying.give_back([commented.pk], Carried.PUSH)
    do_jobs()
    assert phone.got == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_and_another_way_is_looked_for(
    world, commented, subscribed, outside, status
):
    phone = subscribed(world.awa)
    outside["/to/it"] = lambda handler: send(handler, b"", status)
    way.send([commented])
    do_jobs()
    assert not Device.objects.filter(pk=phone.device.pk).exists()
    commented.refresh_from_db()
    assert (commented.carried, commented.due_at is not None) == ("", True)


def test_while_another_device_is_told_no_other_way_is_looked_for(world, commented, subscribed, outside):
    subscribed(world.awa, "/gone")
    desk = subscribed(world.awa, "/desk")
    outside["/gone"] = lambda handler: send(handler, b"", 410)
    way.send([commented])
    do_jobs()
    commented.refresh_from_db()
    assert (commented.carried, len(desk.got)) == (Carried.PUSH, 1)


@pytest.mark.parametrize("status", [400, 401, 403, 413])
def test_what_is_refused_for_good_is_noted_and_tried_no_more(world, commented, subscribed, outside, status):
    phone = subscribed(world.awa)
    outside["/to/it"] = lambda handler: send(handler, b"", status)
    way.send([commented])
    do_jobs()
    phone.device.refresh_from_db()
    assert phone.device.refused == status
    assert way.reachable({world.awa.pk}) == set()
    assert phone.client.get("/devices/").text.count("son service de notifications refuse") == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_is_busy_is_asked_again_when_it_says(world, commented, subscribed, outside, status):
    phone = subscribed(world.awa)
    outside["/to/it"] = lambda handler: send(handler, b"", status, retry_after="240")
    way.send([commented])
    with pytest.raises(sending.Later) as later:
        do_jobs()
    assert later.value.wait == 240
    decision = Patience().get_retry_decision(exception=later.value, job=FIRST.job)
    assert timedelta(seconds=230) < decision.retry_at - now() <= timedelta(seconds=240)
    assert Patience().get_retry_decision(exception=later.value, job=LAST.job) is None
    assert Device.objects.get(pk=phone.device.pk).refused is None


def test_after_the_last_attempt_another_way_is_looked_for(world, commented, subscribed, outside):
    subscribed(world.awa)
    outside["/to/it"] = lambda handler: send(handler, b"", 503)
    way.send([commented])
    do_jobs(LAST)
    commented.refresh_from_db()
    assert commented.carried == ""


NEVER = "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"


@pytest.mark.parametrize(
    ("said", "seconds"), [("120", 120), ("", None), ("soon", None), ("-3", None), ("\xb2", None), (NEVER, None)]
)
def test_retry_after_is_read_as_seconds(said, seconds):
    assert sending.wait(said) == seconds


def test_retry_after_is_read_as_a_date():
    at = (now() + timedelta(minutes=5)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert 290 <= sending.wait(at) <= 300


def test_what_was_decided_a_day_ago_is_no_longer_worth_an_interruption(world, commented, subscribed):
    phone = subscribed(world.awa)
    Signal.objects.filter(pk=commented.pk).update(carried_at=now() - timedelta(days=2))
    way.send([commented])
    do_jobs()
    assert phone.got == []


def test_a_test_can_be_sent(world, subscribed):
    phone = subscribed(world.awa)
    assert phone.client.post(f"/devices/{phone.device.pk}/trial/").status_code == 302
    job = ProcrastinateJob.objects.get(task_name="push.try", status="todo")
    try_out(**job.args)
    assert phone.opened()[0]["tag"] == "trial"
