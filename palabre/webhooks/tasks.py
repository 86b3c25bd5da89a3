"""The worker carries what webhooks are told, looks each minute at what is due, and each night throws old things away.

A webhook has one round at a time (the lock), so that a slow address takes one place of the worker and no more. A round
that was killed is begun again by the upkeep, and sends at most the one that was on its way a second time.
"""

from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from palabre.kit.clock import now
from palabre.webhooks.models import Delivery, State, Webhook
from palabre.webhooks.sending import deliver_due, to_awaken

KEPT = timedelta(days=30)
AT_ONCE = 5_000  # deliveries deleted in one transaction


@app.task(name="webhooks.deliver")
def deliver(webhook: int) -> None:
    """One round; another one follows when something is left."""
    if again := deliver_due(webhook):
        deliver_soon(webhook, again)


def deliver_soon(webhook: int, at: datetime | None = None) -> None:
    """Asks for a round, in the caller's transaction."""
    later = at if at and at > now() else None
    deliver.configure(lock=f"webhooks.{webhook}", schedule_at=later).defer(webhook=webhook)


@transaction.atomic
def resend_failed(webhook: Webhook, span: timedelta) -> int:
    """Has all that failed within a span tried anew, tests left out; returns how many."""
    failed = webhook.deliveries.filter(state=State.FAILED, made_at__gte=now() - span).exclude(event=None)
    sent = failed.send_again()
    if sent:
        deliver_soon(webhook.pk)
    return sent


@app.periodic(cron="* * * * *")
@app.task(name="webhooks.awaken", queueing_lock="webhooks.awaken")
def awaken(timestamp: int) -> None:
    """Rounds for those to which something is due again, or whose rest is over."""
    for webhook in to_awaken():
        deliver_soon(webhook)


@app.periodic(cron="40 3 * * *")
@app.task(name="webhooks.delete_old", queueing_lock="webhooks.delete_old")
def delete_old(timestamp: int) -> None:
    """Deliveries of more than thirty days ago."""
    while old := Delivery.objects.filter(made_at__lt=now() - KEPT).values_list("pk", flat=True)[:AT_ONCE]:
        Delivery.objects.filter(pk__in=list(old)).delete()
