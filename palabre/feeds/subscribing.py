"""Subscribing by WebSub (w3.org/TR/websub): what a subscriber asks of the hub, and whether they mean it.

Nobody is told anything before they have answered, at the address they name, with the word sent there; so nobody can be
made to hear of us, and the address stands outside or is never asked.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import transaction

from palabre.feeds.models import Asked, Subscription, digest, sealed
from palabre.feeds.topics import topic_at
from palabre.kit import given
from palabre.kit.clock import now
from palabre.kit.outbound import Fetched, Limits, Refused, fetch

SHORTEST, USUAL, LONGEST = timedelta(hours=1), timedelta(days=10), timedelta(days=30)
ATTEMPTS = 3
AWAITED = 200  # requests that may wait to be verified, of all the world
AWAITED_OF_HOST = 20
MOST_OF_HOST = 500
KEY = 200  # bytes of a secret, fewer than which the recommendation asks for
ADDRESS = 2000
LOOK = Limits(size=4096, seconds=15, redirects=0, types=())


class Unacceptable(Exception):
    """What was asked cannot be done; the words say why. `busy`: it can, later."""

    def __init__(self, words: str, busy: bool = False) -> None:
        super().__init__(words)
        self.busy = busy


@transaction.atomic
def ask(values: Mapping[str, Any]) -> Asked:
    """Keeps what a form asks of the hub, to be verified by `feeds.verify`; raises Unacceptable."""
    mode, callback = given.text(values, "hub.mode"), given.text(values, "hub.callback", ADDRESS + 1)
    if mode not in ("subscribe", "unsubscribe"):
        raise Unacceptable("hub.mode must be subscribe or unsubscribe.")
    host = _host(callback)
    if not host or len(callback) > ADDRESS:
        raise Unacceptable("hub.callback must be an address on the web, without a user or a fragment.")
    address = given.text(values, "hub.topic", 3 * ADDRESS)
    topic = topic_at(address)
    if topic is None or (mode == "subscribe" and topic.stamp() is None):
        raise Unacceptable("hub.topic must be the address of a feed of this hub, as its rel=self says it.")
    secret = given.whole(values, "hub.secret")
    if len(secret.encode()) >= KEY:
        raise Unacceptable("hub.secret must be shorter than 200 bytes.")
    _must_not_be_too_many(host)
    return Asked.objects.create(
        subscribes=mode == "subscribe",
        callback=callback,
        host=host,
        topic=sealed(address),
        token=topic.token,
        secret=sealed(secret),
        lease=_lease(given.number(values, "hub.lease_seconds")),
    )


def verify(asked: Asked) -> bool:
    """Asks the callback whether that is meant, and does it; False when the line failed and it is to be tried again."""
    topic = topic_at(asked.address)
    stamp = topic.stamp() if topic else None
    if asked.subscribes and stamp is None:  # revoked, or out of sight, since it was asked for
        tell(asked.callback, {"hub.mode": "denied", "hub.topic": asked.address})
        asked.delete()
        return True
    challenge = secrets.token_urlsafe(24)
    said = {"hub.mode": "subscribe" if asked.subscribes else "unsubscribe", "hub.topic": asked.address}
    said |= {"hub.challenge": challenge} | ({"hub.lease_seconds": str(asked.lease)} if asked.subscribes else {})
    answer = tell(asked.callback, said)
    if answer is None or answer.status >= 500:
        asked.attempts += 1
        asked.save(update_fields=["attempts"])
        if asked.attempts < ATTEMPTS:
            return False
        asked.delete()
        return True
    meant = answer.ok and secrets.compare_digest(answer.body.strip(), challenge.encode())
    with transaction.atomic():
        if meant and asked.subscribes:
            searched = topic is not None and topic.source.what == "search"
            Subscription.accept(asked, now() + timedelta(seconds=asked.lease), stamp or "", searched)
        elif meant:
            for each in Subscription.objects.filter(topic_digest=digest(asked.address), callback=asked.callback):
                each.end("asked")
        asked.delete()
    return True


def tell(callback: str, said: Mapping[str, str]) -> Fetched | None:
    """Says something to a callback, beside what its own address says already; None when it cannot be reached."""
    joined = f"{callback}{'&' if urlsplit(callback).query else '?'}{urlencode(said)}"
    try:
        return fetch(joined, LOOK)
    except Refused:
        return None


def _must_not_be_too_many(host: str) -> None:
    """So that nobody can have us ask around for them without end."""
    if Asked.objects.count() >= AWAITED or Asked.objects.filter(host=host).count() >= AWAITED_OF_HOST:
        raise Unacceptable("Too many requests wait to be verified. Ask again in some minutes.", busy=True)
    if Subscription.objects.standing().filter(host=host).count() >= MOST_OF_HOST:
        raise Unacceptable("This host has as many subscriptions as it may have.")


def _host(callback: str) -> str:
    try:
        split = urlsplit(callback)
        plain = split.scheme in ("http", "https") and not split.fragment and split.username is None
        split.port  # noqa: B018 - reading it judges it
        return (split.hostname or "")[:255] if plain else ""
    except ValueError:
        return ""


def _lease(seconds: int | None) -> int:
    """As long as they ask for, within what is reasonable."""
    wanted = timedelta(seconds=min(seconds, 10**9)) if seconds else USUAL
    return int(min(max(wanted, SHORTEST), LONGEST).total_seconds())
