"""The hub: whoever means it is told of changes, signed, once; whoever cannot be told is told no more."""

import hashlib
import hmac
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction

from palabre.authoring.writing import publish
from palabre.feeds import delivering, watching
from palabre.feeds.models import Asked, Place, Subscription, Token
from palabre.feeds.sources import Source
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.talk.models import Comment
from tests.feeds.rules import broken_by_atom
from tests.kit.outside import redirect, send

OURS = "http://127.0.0.1:8000"
TOPIC = f"{OURS}/feeds/spaces/le-fil.atom"
PATH = "/callback?mine=1"


class Subscriber:
    """A subscriber on the loopback: it answers challenges while it means it, and keeps what it is told."""

    def __init__(self, outside):
        self.outside, self.means_it, self.status = outside, True, 200
        self.asked, self.told = [], []
        self.callback = outside.address(PATH)
        outside.pages = self

    def get(self, path):
        return self.answer

    def answer(self, handler):
        if handler.command == "GET":
            said = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
            self.asked.append(said)
            send(handler, said.get("hub.challenge", "").encode() if self.means_it else b"no")
        else:
            body = handler.rfile.read(int(handler.headers["content-length"]))
            self.told.append((dict(handler.headers), body))
            send(handler, b"", self.status)


@pytest.fixture
def subscriber(outside):
    return Subscriber(outside)


@pytest.fixture
def subscribe(client, subscriber, jobs):
    def subscribe(topic=TOPIC, mode="subscribe", **more):
        said = {"hub.mode": mode, "hub.topic": topic, "hub.callback": subscriber.callback}
        response = client.post("/feeds/hub/", said | {name.replace("_", ".", 1): value for name, value in more.items()})
        jobs("feeds.verify")
        return response

    return subscribe


@pytest.fixture
def say(world, happen, jobs):
    """`say("Titre")` publishes in the open space, and has everybody told."""

    def say(title, space="le-fil"):
        item = publish("post", world.spaces[space], world.grace, title, "Un mot.")
        happen()
        jobs("feeds.deliver")
        return item

    return say


def test_who_means_it_is_subscribed_and_told_the_whole_feed(subscribe, subscriber, say, client):
    assert subscribe().status_code == 202
    [said] = subscriber.asked
    assert (said["hub.mode"], said["hub.topic"], said["mine"]) == ("subscribe", TOPIC, "1")
    assert int(said["hub.lease_seconds"]) == 10 * 24 * 3600
    assert subscriber.told == []
    say("Une nouvelle")
    [(headers, body)] = subscriber.told
    assert headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert f'<{OURS}/feeds/hub/>; rel="hub"' in headers["Link"]
    assert f'<{TOPIC}>; rel="self"' in headers["Link"]
    assert "X-Hub-Signature" not in headers
    assert broken_by_atom(body) == []
    assert b"Une nouvelle" in body
    assert body == client.get("/feeds/spaces/le-fil.atom").content


def test_a_delivery_is_signed_with_the_secret(subscribe, subscriber, say):
    subscribe(hub_secret="un secret")
    assert "un secret" not in Subscription.objects.get().secret
    say("Une nouvelle")
    [(headers, body)] = subscriber.told
    wanted = hmac.new(b"un secret", body, hashlib.sha256).hexdigest()
    assert headers["X-Hub-Signature"] == f"sha256={wanted}"


def test_who_does_not_mean_it_is_never_told(subscribe, subscriber, say):
    subscriber.means_it = False
    subscribe()
    assert not Subscription.objects.exists() and not Asked.objects.exists()
    say("Une nouvelle")
    assert subscriber.told == []


def test_nobody_is_unsubscribed_without_meaning_it(subscribe, subscriber, say):
    subscribe()
    subscriber.means_it = False
    subscribe(mode="unsubscribe")
    assert Subscription.objects.exists()
    subscriber.means_it = True
    subscribe(mode="unsubscribe")
    assert subscriber.asked[-1]["hub.mode"] == "unsubscribe"
    say("Une nouvelle")
    assert subscriber.told == []


def test_a_lease_is_what_was_asked_for_within_reason_and_ends(subscribe, subscriber, say, jobs):
    for wanted, given in (("7200", 7200), ("1", 3600), ("99999999999", 30 * 24 * 3600), ("nonsense", 864_000)):
        subscribe(hub_lease_seconds=wanted)
        assert int(subscriber.asked[-1]["hub.lease_seconds"]) == given
    assert Subscription.objects.count() == 1
    Subscription.objects.update(until=now() - timedelta(seconds=1))
    say("Une nouvelle")
    assert subscriber.told == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"hub.mode": "publish"},
        {"hub.topic": f"{OURS}/feeds/spaces/reseau.atom"},
        {"hub.topic": f"{OURS}/feeds/spaces/reseau.atom?after=x"},
        {"hub.topic": f"{OURS}/feeds/private/devine.atom"},
        {"hub.topic": f"{OURS}/pages/1/"},
        {"hub.topic": "https://ailleurs.example/feed"},
        {"hub.callback": "ftp://ailleurs.example/"},
        {"hub.callback": "https://me:secret@ailleurs.example/"},
        {"hub.callback": "https://[/"},
        {"hub.callback": ""},
        {"hub.secret": "x" * 200},
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(wrong, world, client):
    good = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": "https://ailleurs.example/"}
    assert client.post("/feeds/hub/", good).status_code == 202
    response = client.post("/feeds/hub/", good | wrong)
    assert response.status_code == 400
    assert next(iter(wrong)) in response.content.decode()


def test_an_address_inside_is_never_asked(world, client, jobs, settings, outside):
    settings.PALABRE_OUTBOUND_ALLOW = []
    said = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": outside.address("/callback")}
    client.post("/feeds/hub/", said)
    for _ in range(3):
        jobs("feeds.verify")
    assert outside.heard == []
    assert not Asked.objects.exists() and not Subscription.objects.exists()


def test_a_callback_that_leads_elsewhere_is_not_followed(world, client, jobs, outside):
    said = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": outside.address("/moved")}

    class Moved(dict):
        def get(self, path):
            return redirect(outside.address("/elsewhere"))

    outside.pages = Moved()
    client.post("/feeds/hub/", said)
    jobs("feeds.verify")
    assert [path.partition("?")[0] for path in outside.paths] == ["/moved"]
    assert not Subscription.objects.exists()


def test_many_who_wait_are_asked_to_come_back(world, client, monkeypatch):
    said = {"hub.mode": "subscribe", "hub.topic": TOPIC}
    for number in range(20):
        client.post("/feeds/hub/", said | {"hub.callback": f"https://ailleurs.example/{number}"})
    refused = client.post("/feeds/hub/", said | {"hub.callback": "https://ailleurs.example/x"})
    assert (refused.status_code, refused["Retry-After"]) == (503, "300")
    assert client.post("/feeds/hub/", said | {"hub.callback": "https://autre.example/"}).status_code == 202


def test_only_what_a_feed_says_is_told_and_a_burst_is_told_once(subscribe, subscriber, world, happen, jobs):
    subscribe()
    publish("page", world.spaces["reseau"], world.coumba, "Interne", "Un.")
    happen()
    assert jobs("feeds.deliver") == 0
    items = [publish("post", world.spaces["le-fil"], world.grace, f"Billet {number}", "Un.") for number in range(3)]
    happen()
    Comment.say(items[0], world.grace, "Une remarque.")
    happen()
    publish("post", world.spaces["le-fil"], world.grace, "Le dernier", "Un.")
    happen()
    assert jobs("feeds.deliver") == 1
    assert len(subscriber.told) == 1
    assert b"Le dernier" in subscriber.told[0][1]
    assert jobs("feeds.deliver") == 0


def test_what_changes_while_it_is_told_is_told_afterwards(subscribe, subscriber, world, happen, jobs):
    subscribe()
    publish("post", world.spaces["le-fil"], world.grace, "Un", "Un.")
    happen()
    held = Subscription.objects.get()
    publish("post", world.spaces["le-fil"], world.grace, "Deux", "Un.")
    happen()
    delivering._settle(held, held.announced)  # what stood when the first was announced has just been told
    assert jobs("feeds.deliver") == 2  # that of the first, and the one that follows
    assert len(subscriber.told) == 1
    assert b"Deux" in subscriber.told[0][1]


def test_who_fails_is_told_later_and_later_and_after_days_no_more(subscribe, subscriber, say, jobs):
    subscribe()
    subscriber.status = 500
    say("Une nouvelle")
    waits = []
    for _ in range(4):
        found = Subscription.objects.get()
        waits.append((found.due_at - now()).total_seconds())
        assert jobs("feeds.deliver") == 1
    assert waits == sorted(waits) and waits[-1] > 4 * waits[0]
    assert len(subscriber.told) == 5
    subscriber.status = 202
    jobs("feeds.deliver")
    found = Subscription.objects.get()
    assert (found.failures, found.failing_since, found.due_at) == (0, None, None)
    subscriber.status = 500
    say("Une autre")
    Subscription.objects.update(failing_since=now() - delivering.PATIENCE - timedelta(hours=1))
    jobs("feeds.deliver")
    assert not Subscription.objects.exists()


def test_who_says_that_they_are_gone_is_told_no_more(subscribe, subscriber, say):
    subscribe()
    subscriber.status = 410
    say("Une nouvelle")
    assert not Subscription.objects.exists()


def test_a_private_feed_is_told_as_its_person_may_read_it(subscribe, subscriber, say, world, happen, jobs, client):
    token = Token.give(world.awa, Source.of("new"), "Nouveautés")
    topic = f"{OURS}/feeds/private/{token}.atom"
    subscribe(topic)
    assert token not in Subscription.objects.get().topic
    publish("page", world.spaces["reseau"], world.coumba, "Interne au réseau", "Un.")
    happen()
    jobs("feeds.deliver")
    [(headers, body)] = subscriber.told
    assert "Interne au réseau".encode() in body
    assert f'<{topic}>; rel="self"' in headers["Link"]
    world.spaces["reseau"].memberships.filter(person=world.awa).delete()
    publish("page", world.spaces["reseau"], world.coumba, "Après son départ", "Un.")
    publish("post", world.spaces["le-fil"], world.grace, "Pour tous", "Un.")
    happen()
    jobs("feeds.deliver")
    last = subscriber.told[-1][1]
    assert b"Pour tous" in last
    assert b"Interne" not in last and "Après son départ".encode() not in last


def test_revoking_an_address_ends_its_subscriptions_and_says_so(subscribe, subscriber, say, world, sign_in, jobs):
    token = Token.give(world.awa, Source.of("new"), "Nouveautés")
    subscribe(f"{OURS}/feeds/private/{token}.atom")
    sign_in(world.awa).post(f"/feeds/{Token.objects.get().pk}/revocation/")
    assert not Subscription.objects.exists()
    told = Event.objects.filter(verb__startswith="feed_").order_by("pk")
    assert [(each.verb, each.by, each.particulars.get("why")) for each in told] == [
        ("feed_address_made", world.awa.pk, None),
        ("feed_subscribed", world.awa.pk, None),
        ("feed_unsubscribed", world.awa.pk, "revoked"),
        ("feed_address_revoked", world.awa.pk, None),
    ]
    assert token not in str([each.particulars for each in told]), "a journal opens nothing"
    jobs("feeds.deny")
    assert subscriber.asked[-1]["hub.mode"] == "denied"
    say("Une nouvelle")
    assert subscriber.told == []


def test_who_has_left_has_nothing_told(subscribe, subscriber, say, world):
    token = Token.give(world.awa, Source.of("new"), "Nouveautés")
    subscribe(f"{OURS}/feeds/private/{token}.atom")
    world.awa.leave(world.tom)
    say("Une nouvelle")
    assert subscriber.told == []


def test_another_hub_is_pinged_with_what_is_open_and_knows_no_private_address(
    world, settings, subscriber, happen, jobs, client
):
    settings.PALABRE_HUB = subscriber.outside.address("/hub")
    assert client.post("/feeds/hub/", {}).status_code == 404
    publish("post", world.spaces["le-fil"], world.grace, "Ouvert", "Un, #fibre.")
    publish("page", world.spaces["reseau"], world.coumba, "Fermé", "Un.")
    happen()
    assert jobs("feeds.ping") == 1
    [(_headers, body)] = subscriber.told
    said = parse_qs(body.decode())
    assert said["hub.mode"] == ["publish"]
    assert {f"{OURS}/feeds/new.atom", TOPIC, f"{OURS}/feeds/tags/fibre.json"} <= set(said["hub.url"])
    assert not any("reseau" in each for each in said["hub.url"])
    assert settings.PALABRE_HUB in client.get("/feeds/new.atom")["Link"]
    token = Token.give(world.awa, Source.of("new"), "Nouveautés")
    assert "hub" not in client.get(f"/feeds/private/{token}.atom")["Link"]


def test_a_job_that_was_lost_is_asked_for_again(subscribe, subscriber, say, jobs):
    subscribe()
    Subscription.objects.update(due_at=now() - timedelta(hours=1), announced="x", delivered="x")
    assert delivering.awaken(timedelta(minutes=10)) == 1
    assert jobs("feeds.deliver") == 1
    assert len(subscriber.told) == 1


class Killed(Exception):
    pass


@pytest.mark.django_db(transaction=True)
def test_whatever_is_killed_each_change_is_announced_once_and_at_most_one_delivery_is_made_again(
    world, outside, client, jobs
):
    subscriber = Subscriber(outside)
    said = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": subscriber.callback}
    client.post("/feeds/hub/", said)
    jobs("feeds.verify")
    watching.begin()
    before = Place.objects.values().get()
    publish("post", world.spaces["le-fil"], world.grace, "Une nouvelle", "Un.")
    with pytest.raises(Killed), transaction.atomic():
        assert watching.catch_up()
        raise Killed
    assert Place.objects.values().get() == before
    assert Subscription.objects.get().due_at is None
    assert watching.catch_up()
    assert watching.catch_up() == 0
    pk = Subscription.objects.get().pk
    with pytest.raises(Killed), transaction.atomic():
        delivering.deliver(pk)
        raise Killed  # after the subscriber was told, before that was kept
    assert jobs("feeds.deliver") == 1
    assert len(subscriber.told) == 2
    assert subscriber.told[0][1] == subscriber.told[1][1]
    delivering.deliver(pk)
    assert len(subscriber.told) == 2
