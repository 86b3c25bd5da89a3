"""Sending: signed so that the receiver believes it, tried again until it arrives, given up with a word."""

import json
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import WebhookVerificationError

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.talk.models import Comment
from palabre.webhooks import sending
from palabre.webhooks.models import Attempt, Delivery, State, Webhook, Why


@pytest.fixture
def page(world):
    return publish("page", world.spaces["reseau"], world.coumba, "Le plan", "Un texte sur la fibre. #fibre")


def stands(webhook):
    return [*webhook.deliveries.order_by("pk").values_list("state", "tries")]


def test_what_is_told_is_signed_and_says_what_the_documentation_says(world, hook, receiver, carry, page, settings):
    _webhook, secret = hook("reseau", verbs=["commented"])
    said = Comment.say(page, world.marc, "Et le **câble** ?")
    carry()
    (message,) = receiver.verified(secret)
    path, headers, _body = receiver.heard[0]
    assert (path, headers["content-type"]) == ("/hear", "application/json")
    assert message["type"] == "item.commented"
    assert message["version"] == 1
    data = message["data"]
    assert data["item"]["id"] == page.pk
    assert data["item"]["address"] == f"{settings.ADDRESS}{page.get_absolute_url()}"
    assert data["item"]["tags"] == ["fibre"]
    assert data["by"] == {"id": world.marc.pk, "name": world.marc.name, "handle": "marc"}
    assert data["comment"]["text"] == "Et le câble ?"
    assert data["comment"]["address"].endswith(f"/comments/{said.pk}/")
    assert data["space"]["slug"] == "reseau"
    assert world.marc.email not in json.dumps(message)


def test_a_signature_by_another_secret_is_not_believed(hook, receiver, carry, world, page):
    _webhook, secret = hook("reseau")
    _other, another = hook("maison", by=world.marc)
    Comment.say(page, world.marc, "Bien.")
    carry()
    assert receiver.verified(secret)
    with pytest.raises(WebhookVerificationError):
        receiver.verified(another)


def test_both_secrets_sign_for_a_day(hook, receiver, carry, world, page):
    webhook, former = hook("reseau")
    newer = webhook.renew_secret(world.marc)
    Comment.say(page, world.marc, "Bien.")
    carry()
    assert receiver.heard[0][1]["webhook-signature"].count("v1,") == 2
    assert receiver.verified(former) == receiver.verified(newer)
    assert webhook.signs_twice()
    Webhook.objects.update(former_until=now() - timedelta(seconds=1))
    Comment.say(page, world.marc, "Encore.")
    receiver.heard.clear()
    carry()
    assert receiver.verified(newer)
    with pytest.raises(WebhookVerificationError):
        receiver.verified(former)


def test_the_secret_does_not_stand_in_the_table(hook):
    webhook, secret = hook("reseau")
    assert secret.startswith("whsec_")
    assert secret not in webhook.secret


def test_what_fails_is_tried_again_under_the_same_number_at_growing_distances(
    hook, receiver, carry, later, world, page
):
    webhook, _secret = hook("reseau", verbs=["commented"])
    receiver.status = 500
    Comment.say(page, world.marc, "Bien.")
    carry()
    waits = []
    for _number in range(len(sending.AGAIN)):
        delivery = webhook.deliveries.get()
        waits.append((delivery.due_at - now()).total_seconds())
        later()
        carry()
    delivery = webhook.deliveries.get()
    assert (delivery.state, delivery.tries, delivery.attempts.count()) == (State.FAILED, 10, 10)
    assert set(receiver.messages) == {delivery.message}
    for waited, stated in zip(waits, sending.AGAIN, strict=True):
        assert stated.total_seconds() - 5 <= waited <= stated.total_seconds() * (1 + sending.JITTER)


def test_what_arrives_at_last_has_arrived(hook, receiver, carry, later, world, page):
    webhook, _secret = hook("reseau", verbs=["commented"])
    receiver.status = 500
    Comment.say(page, world.marc, "Bien.")
    carry()
    assert Webhook.objects.get().failing_since
    receiver.status = 204
    later()
    carry()
    assert stands(webhook) == [(State.DELIVERED, 2)]
    assert Webhook.objects.get().failing_since is None
    assert [*Attempt.objects.values_list("status", flat=True)] == [500, 204]


def test_an_address_that_is_gone_is_given_up_at_once(hook, receiver, carry, world, page):
    webhook, _secret = hook("reseau")
    receiver.status = 410
    Comment.say(page, world.marc, "Bien.")
    carry()
    webhook.refresh_from_db()
    assert (webhook.disabled_why, webhook.disabled_by) == (Why.GONE, None)
    assert {state for state, _tries in stands(webhook)} == {State.FAILED}


def test_five_days_of_nothing_but_failure_disable_it_and_its_keeper_hears_of_it(
    hook, receiver, carry, later, world, page
):
    from palabre.signals import filling
    from palabre.signals.models import Signal

    webhook, _secret = hook("reseau", verbs=["commented"])
    receiver.status = 500
    Comment.say(page, world.marc, "Bien.")
    carry()
    Webhook.objects.update(failing_since=now() - timedelta(days=5, minutes=1))
    later()
    carry()
    webhook.refresh_from_db()
    assert (webhook.disabled_why, stands(webhook)) == (Why.FAILING, [(State.FAILED, 2)])
    filling.tell(list(Event.objects.filter(verb="webhook_given_up")))
    assert [*Signal.objects.of(world.marc).values_list("verb", "reason", "loud")] == [
        ("webhook_given_up", "webhook_keeper", True)
    ]
    assert Signal.objects.of(world.idrissa).filter(verb="webhook_given_up", reason="stewards").exists()


def test_one_of_the_company_that_is_given_up_stands_in_the_inbox_of_administrators_alone(hook, world, sign_in):
    from palabre.signals import filling
    from palabre.signals.models import Entry, Signal

    world.awa.is_admin = True
    world.awa.save()
    webhook, _secret = hook(None)
    webhook.disable(Why.GONE)
    filling.tell(list(Event.objects.filter(verb="webhook_given_up")))
    told = Signal.objects.filter(verb="webhook_given_up").order_by("person__name")
    assert {*told.values_list("person", "reason", "addressed")} == {
        (world.tom.pk, "webhook_keeper", True),
        (world.awa.pk, "administrators", True),
    }
    awa = sign_in(world.awa)
    shown = awa.get("/inbox/").content.decode()
    assert "Suivi\u00a0: L’adresse a répondu qu’elle a disparu pour de bon (410)" in shown
    assert "Vous dirigez cette maison" in shown and "<span>La maison</span>" in shown
    assert f'href="{webhook.get_absolute_url()}"' in shown
    assert ">1<" in shown, "the number beside the inbox counts it"
    entry = Entry.objects.get(person=world.awa, item=None)
    awa.post(f"/inbox/{entry.pk}/done/")
    assert Entry.objects.get(pk=entry.pk).done_at
    world.awa.is_admin = False
    world.awa.save()
    assert "Suivi\u00a0:" not in awa.get("/inbox/?show=done").content.decode()


def test_what_happens_to_the_house_is_silenced_beside_its_reason_and_heard_again_from_following(hook, world, sign_in):
    from palabre.kit.clock import now
    from palabre.signals import carrying, filling
    from palabre.signals.models import Entry, Follow, Signal

    def given_up() -> None:
        webhook, _secret = hook(None)
        webhook.disable(Why.GONE)
        filling.tell([Event.objects.filter(verb="webhook_given_up").latest("pk")])

    def heard() -> int:
        return Signal.objects.filter(verb="webhook_given_up", person=world.tom).count()

    tom = sign_in(world.tom)
    given_up()
    assert 'action="/following/house/0/"' in tom.get("/inbox/").content.decode()
    assert sign_in(world.awa).post("/following/house/0/", {"kind": "itself", "level": "muted"}).status_code == 404
    for wrong in (
        {"kind": "", "level": "muted"},
        {"kind": "page", "level": "muted"},
        {"kind": "itself", "level": "loud"},
    ):
        assert tom.post("/following/house/0/", wrong).status_code == 404
    assert tom.post("/following/house/3/", {"kind": "itself", "level": "muted"}).status_code == 404
    of_space = Follow.objects.create(person=world.tom, space=world.spaces["reseau"], kind="itself", level="muted")
    tom.post("/following/house/0/", {"kind": "itself", "level": "muted", "next": "/inbox/"})
    Signal.objects.filter(person=world.tom).update(due_at=now())
    carrying.carry()
    assert set(Signal.objects.filter(person=world.tom).values_list("carried", flat=True)) == {"none"}
    given_up()
    assert heard() == 1
    listed = tom.get("/following/").content.decode()
    assert 'action="/following/house/0/"' in listed
    tom.post("/following/house/0/", {"kind": "itself", "level": "", "next": "/following/"})
    assert list(Follow.objects.filter(person=world.tom, kind="itself")) == [of_space]
    given_up()
    assert heard() == 2
    assert Entry.objects.filter(person=world.tom, item=None, space=None).count() == 1


def test_no_redirection_is_followed(hook, receiver, carry, world, page):
    webhook, _secret = hook("reseau", verbs=["commented"])

    def elsewhere(handler):
        handler.send_response(307)
        handler.send_header("location", f"http://{receiver.host}/elsewhere")
        handler.send_header("content-length", "0")
        handler.end_headers()

    receiver.answer = elsewhere
    Comment.say(page, world.marc, "Bien.")
    carry()
    assert [path for path, _headers, _body in receiver.heard] == ["/hear"]
    assert Attempt.objects.get().status == 307
    assert stands(webhook) == [(State.WAITING, 1)]


def test_an_address_inside_is_told_nothing_and_not_tried_again(hook, receiver, carry, world, page, settings):
    webhook, _secret = hook("reseau", verbs=["commented"])
    settings.PALABRE_OUTBOUND_ALLOW = []
    settings.PALABRE_OUTBOUND_PORTS = [int(receiver.host.rpartition(":")[2])]
    Comment.say(page, world.marc, "Bien.")
    carry()
    assert receiver.heard == []
    assert Attempt.objects.get().trouble == "inside"
    assert stands(webhook) == [(State.FAILED, 1)]


def test_an_address_that_does_not_answer_rests_and_holds_nobody_up(hook, receiver, carry, world, page, settings):
    closed = "127.0.0.1:9"
    settings.PALABRE_OUTBOUND_ALLOW = [closed, receiver.host]
    webhook, _secret = hook("reseau", verbs=["commented"], address=f"http://{closed}/")
    for number in range(3):
        Comment.say(page, world.marc, f"Bien {number}.")
    carry()
    webhook.refresh_from_db()
    assert stands(webhook) == [(State.WAITING, 1), (State.WAITING, 0), (State.WAITING, 0)]
    assert webhook.rests_until > now()
    assert webhook.pk not in sending.to_awaken()
    Webhook.objects.update(rests_until=now())
    assert webhook.pk in sending.to_awaken()


@pytest.mark.parametrize(("status", "rests"), [(429, True), (503, True), (500, False), (404, False)])
def test_an_address_that_is_busy_is_left_alone_for_a_while(hook, receiver, carry, world, page, status, rests):
    webhook, _secret = hook("reseau", verbs=["commented"])
    receiver.status = status
    for number in range(2):
        Comment.say(page, world.marc, f"Bien {number}.")
    carry()
    webhook.refresh_from_db()
    assert stands(webhook) == [(State.WAITING, 1), (State.WAITING, 0 if rests else 1)]
    assert (webhook.rests_until is not None) is rests


def test_of_a_long_answer_the_first_kilobyte_is_kept(hook, receiver, carry, world, page):
    hook("reseau", verbs=["commented"])

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"z" * 500_000)

    receiver.answer = endless
    Comment.say(page, world.marc, "Bien.")
    carry()
    assert Attempt.objects.get().answer == "z" * sending.ANSWER


def test_what_went_out_of_sight_before_it_was_sent_is_withheld(hook, receiver, tell, carry, world, page):
    webhook, _secret = hook("reseau", verbs=["commented"])
    Comment.say(page, world.marc, "Bien.")
    tell()
    lifecycle.trash(page, world.marc)
    carry()
    assert receiver.heard == []
    assert stands(webhook) == [(State.WITHHELD, 0)]


def test_a_comment_that_was_taken_back_is_told_without_its_words(hook, receiver, tell, carry, world, page):
    _webhook, secret = hook("reseau", verbs=["commented"])
    said = Comment.say(page, world.marc, "Un mot de trop.")
    tell()
    said.delete_by(world.marc)
    carry()
    assert receiver.verified(secret)[0]["data"]["comment"] == {"id": said.pk, "deleted": True}


def test_a_test_goes_out_at_once_and_says_how_it_went(hook, receiver, world):
    webhook, secret = hook("reseau")
    delivery = sending.test(webhook)
    assert (delivery.state, receiver.verified(secret)[0]["type"]) == (State.DELIVERED, "webhook.test")
    receiver.status = 500
    assert sending.test(webhook).state == State.FAILED


def test_what_is_asked_to_be_sent_again_while_it_is_under_way_is_sent_again(hook, receiver, tell, world, page):
    webhook, _secret = hook("reseau", verbs=["commented"])
    Comment.say(page, world.marc, "Bien.")
    tell()
    delivery = webhook.deliveries.get()
    Delivery.objects.filter(pk=delivery.pk).send_again()
    sending.attempt(webhook, delivery)
    assert stands(webhook) == [(State.WAITING, 1)]


def test_old_deliveries_are_thrown_away(hook, tell, world, page):
    from palabre.webhooks import tasks

    webhook, _secret = hook("reseau", verbs=["commented"])
    Comment.say(page, world.marc, "Bien.")
    Comment.say(page, world.marc, "Encore.")
    tell()
    oldest = webhook.deliveries.order_by("pk").first()
    Delivery.objects.filter(pk=oldest.pk).update(made_at=now() - timedelta(days=31))
    tasks.delete_old(0)
    assert not Delivery.objects.filter(pk=oldest.pk).exists()
    assert webhook.deliveries.count() == 1
