"""Sending: one attempt, signed by the Standard Webhooks specification, and what follows from how it went.

A webhook is served by one round at a time, which takes what is due in its order. An address that does not answer
at all lets the whole webhook rest, so that it holds up nobody else; order is not promised, arrival is.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import SystemRandom

from django.db import connection, transaction
from django.db.models import QuerySet
from standardwebhooks.webhooks import Webhook as Signature

from palabre.journal.models import Event
from palabre.kit import outbound
from palabre.kit.clock import now
from palabre.kit.outbound import Limits, Refused
from palabre.webhooks import hearing, payload, vocabulary
from palabre.webhooks.models import Attempt, Delivery, State, Webhook, Why

ANSWER = 1024  # bytes kept of what comes back
SECONDS, SECONDS_OF_A_TEST = 15.0, 8.0  # for an answer
ROUND = 30.0  # seconds after which others have their turn
SOON = timedelta(seconds=10)  # what is due within it is waited for in the same job's successor
AGAIN = tuple(
    timedelta(**each)
    for each in (
        {"seconds": 5}, {"minutes": 5}, {"minutes": 30}, {"hours": 2}, {"hours": 5}, {"hours": 10}, {"hours": 14},
        {"hours": 20}, {"hours": 24},
    )
)  # fmt: skip
JITTER = 0.2  # of each of them, so that those who failed together do not come back together
RESTS = tuple(timedelta(seconds=each) for each in (5, 30, 120, 300))
PATIENCE = timedelta(days=5)
GONE = 410
BUSY = frozenset({429, 502, 503, 504})
HOPELESS = frozenset({"scheme", "port", "credentials", "inside"})  # trying again will not change it
_chance = SystemRandom()


@dataclass(frozen=True)
class Outcome:
    """How an attempt went."""

    attempt: Attempt
    body: str

    @property
    def arrived(self) -> bool:
        return self.attempt.arrived

    @property
    def unanswered(self) -> bool:
        """Nobody was there, or wants to be left alone for a while."""
        return self.attempt.status is None or self.attempt.status in BUSY

    @property
    def hopeless(self) -> bool:
        return self.attempt.trouble in HOPELESS


def deliver_due(pk: int) -> datetime | None:
    """One round: sends what is due to a webhook; returns when another is wanted soon, if one is."""
    until = time.monotonic() + ROUND
    while time.monotonic() < until:
        webhook = Webhook.objects.enabled().select_related("keeper", "space").filter(pk=pk).first()
        if webhook is None:
            return None
        if webhook.rests_until and webhook.rests_until > now():
            return _soon(webhook.rests_until)
        delivery = webhook.deliveries.due().order_by("due_at", "pk").first()
        if delivery is None:
            return _soon(_waiting(webhook).values_list("due_at", flat=True).first())
        attempt(webhook, delivery)
    return now()


def attempt(webhook: Webhook, delivery: Delivery) -> None:
    """Sends one delivery, if it may still be told, and keeps what came of it. No transaction is open meanwhile."""
    if not webhook.is_kept:
        webhook.disable(Why.KEEPER)
        return
    heard = next(hearing.of(webhook, list(Event.objects.filter(pk__in=[delivery.event]))), None)
    if heard is None:
        delivery.state, delivery.due_at, delivery.body = State.WITHHELD, None, ""
        delivery.save(update_fields=["state", "due_at", "body"])
        return
    _settle(webhook, delivery, _send(webhook, delivery, payload.told(heard), SECONDS))


def test(webhook: Webhook) -> Delivery:
    """Sends a message that tells of nothing, at once and once."""
    delivery = Delivery.objects.create(webhook=webhook, type=vocabulary.TEST, state=State.FAILED, due_at=None)
    outcome = _send(webhook, delivery, payload.test(webhook), SECONDS_OF_A_TEST)
    outcome.attempt.save()
    delivery.body, delivery.tries = outcome.body, 1
    delivery.state = State.DELIVERED if outcome.arrived else State.FAILED
    delivery.save(update_fields=["body", "tries", "state"])
    return delivery


def signed(webhook: Webhook, message: str, moment: datetime, body: str) -> dict[str, str]:
    """The headers by which a receiver knows that a message is ours; for a day, by the former secret too."""
    signatures = [Signature(secret).sign(message, moment, body) for secret in webhook.secrets(moment)]
    return {
        "Content-Type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _send(webhook: Webhook, delivery: Delivery, body: str, seconds: float) -> Outcome:
    moment, began = now(), time.monotonic()
    made = Attempt(delivery=delivery, at=moment, milliseconds=0)
    headers = signed(webhook, delivery.message, moment, body)
    if not connection.in_atomic_block:
        connection.close()  # others may have it while we wait for the answer
    try:
        answer = outbound.send(webhook.address, body.encode(), headers, Limits(size=ANSWER, seconds=seconds))
        made.status, made.answer = answer.status, answer.body.decode(errors="replace").replace("\x00", "")
    except Refused as refused:
        made.trouble = refused.reason
    made.milliseconds = round((time.monotonic() - began) * 1000)
    return Outcome(made, body)


@transaction.atomic
def _settle(webhook: Webhook, delivery: Delivery, outcome: Outcome) -> None:
    """Keeps the attempt; what somebody asked for meanwhile (to send it again, to disable the webhook) stands."""
    outcome.attempt.save()
    held = Webhook.objects.select_for_update(no_key=True).get(pk=webhook.pk)
    current = Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    current.body, current.tries = outcome.body, current.tries + 1
    if outcome.arrived:
        if current.due_at == delivery.due_at or current.state != State.WAITING:
            current.state, current.due_at = State.DELIVERED, None
    elif current.state == State.WAITING:
        again = None if outcome.hopeless else _next(current.tries)
        current.state, current.due_at = (State.WAITING, again) if again else (State.FAILED, None)
    current.save(update_fields=["body", "tries", "state", "due_at"])
    _remember(held, outcome)


def _remember(webhook: Webhook, outcome: Outcome) -> None:
    """What an attempt says of the address as a whole."""
    if outcome.arrived:
        if webhook.failing_since or webhook.misses or webhook.rests_until:
            webhook.failing_since, webhook.misses, webhook.rests_until = None, 0, None
            webhook.save(update_fields=["failing_since", "misses", "rests_until"])
        return
    webhook.failing_since = webhook.failing_since or now()
    if outcome.unanswered and not outcome.hopeless:
        webhook.rests_until = now() + RESTS[min(webhook.misses, len(RESTS) - 1)]
        webhook.misses += 1
    webhook.save(update_fields=["failing_since", "misses", "rests_until"])
    if outcome.attempt.status == GONE:
        webhook.disable(Why.GONE)
    elif now() - webhook.failing_since > PATIENCE:
        webhook.disable(Why.FAILING)


def _next(tries: int) -> datetime | None:
    """When what has been tried so often is tried again; None when that was the last time."""
    if tries > len(AGAIN):
        return None
    return now() + AGAIN[tries - 1] * _chance.uniform(1, 1 + JITTER)


def _waiting(webhook: Webhook) -> QuerySet[Delivery]:
    return webhook.deliveries.filter(state=State.WAITING).order_by("due_at")


def _soon(at: datetime | None) -> datetime | None:
    return at if at and at - now() < SOON else None


def to_awaken() -> Iterator[int]:
    """The webhooks to which something is due, and which neither rest nor are disabled."""
    due = Delivery.objects.due().order_by().values("webhook")
    enabled = Webhook.objects.enabled().filter(pk__in=due)
    yield from enabled.exclude(rests_until__gt=now()).order_by("pk").values_list("pk", flat=True)
