"""Delivering: each subscriber of a feed that changed is sent the whole of it, signed if they gave a secret.

What is sent is what the feed says at that moment to who may read it then. A delivery that was killed on its way is made
again; one that fails is tried again later and later, and whoever cannot be told for days is told no more.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from palabre.feeds.feed import hub_of
from palabre.feeds.models import Subscription
from palabre.feeds.topics import topic_at
from palabre.kit.clock import now
from palabre.kit.outbound import Limits, Refused, send

log = logging.getLogger(__name__)

LIMITS = Limits(size=1024, seconds=30, types=())
TASK = "feeds.deliver"  # of `feeds.tasks`
GONE = 410
FIRST, FURTHEST = timedelta(seconds=15), timedelta(hours=6)
PATIENCE = timedelta(days=3)  # for which a subscriber may fail
GATHERING = timedelta(seconds=2)  # in which changes become one delivery


def deliver(pk: int) -> None:
    """Tells one subscriber what they do not have yet, and arranges what follows from how it went."""
    subscription = Subscription.objects.standing().select_related("token__person").filter(pk=pk).first()
    if subscription is None:
        return
    topic = topic_at(subscription.address)
    written = topic.written() if topic else None
    if topic is None or written is None or written[0] == subscription.delivered:
        _settle(subscription, subscription.delivered)
        return
    stamp, body = written
    links = [(hub_of(bool(topic.own)), "hub"), (subscription.address, "self")]
    headers = {
        "Content-Type": topic.type,
        "Link": ", ".join(f'<{address}>; rel="{rel}"' for address, rel in links if address),
    }
    if subscription.key:
        signed = hmac.new(subscription.key.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Hub-Signature"] = f"sha256={signed}"
    try:
        answer = send(subscription.callback, body, headers, LIMITS)
    except Refused as refusal:
        _failed(subscription, refusal.reason)
        return
    if answer.status == GONE:
        subscription.end("gone")
    elif answer.ok:
        _settle(subscription, stamp)
    else:
        _failed(subscription, str(answer.status))


@transaction.atomic
def announce(subscription: Subscription, stamp: str) -> None:
    """The feed says something else now: a delivery is asked for, in the caller's transaction, unless one is coming."""
    subscription.announced = stamp
    coming = subscription.due_at is not None
    if not coming:
        _ask(subscription, GATHERING)
    subscription.save(update_fields=["announced", "due_at"])


@transaction.atomic
def _settle(subscription: Subscription, stamp: str) -> None:
    """They have the feed with that stamp; if it changed once more meanwhile, another delivery follows."""
    found = Subscription.objects.select_for_update(no_key=True).filter(pk=subscription.pk).first()
    if found is None:
        return
    more = found.announced not in (subscription.announced, stamp)
    found.delivered, found.failures, found.failing_since, found.due_at = stamp, 0, None, None
    if more:
        _ask(found, GATHERING)
    found.save(update_fields=["delivered", "failures", "failing_since", "due_at"])


@transaction.atomic
def _failed(subscription: Subscription, reason: str) -> None:
    found = Subscription.objects.select_for_update(no_key=True).filter(pk=subscription.pk).first()
    if found is None:
        return
    found.failures += 1
    found.failing_since = found.failing_since or now()
    if found.failing_since + PATIENCE < now():
        log.info("%s could not be told of a feed for days (%s), and is told no more", found.host, reason)
        found.end("failing")
        return
    _ask(found, min(FIRST * 2 ** min(found.failures - 1, 20), FURTHEST))
    found.save(update_fields=["failures", "failing_since", "due_at"])


def _ask(subscription: Subscription, after: timedelta) -> None:
    """A delivery, some time from now; `due_at` is the caller's to save."""
    subscription.due_at = now() + after
    job = app.configure_task(TASK, lock=f"feeds.{subscription.pk}", schedule_at=subscription.due_at)
    job.defer(subscription=subscription.pk)


def awaken(late: timedelta) -> int:
    """Asks again for the deliveries that should have been made `late` ago, and whose job is lost; how many."""
    lost = Subscription.objects.standing().filter(due_at__lt=now() - late).order_by("pk")
    for subscription in lost:
        with transaction.atomic():
            _ask(subscription, timedelta())
            subscription.save(update_fields=["due_at"])
    return len(lost)
