"""Following the journal: what a webhook may hear of becomes a delivery, once, whatever dies when.

One place in the log is kept for the house and moves in the transaction that writes the deliveries and asks for the jobs
that carry them. Whoever saves waits for none of it.
"""

import logging
from collections.abc import Callable, Sequence

from django.db import transaction

from palabre.journal.models import Event
from palabre.journal.places import keep_reading
from palabre.webhooks import hearing, vocabulary
from palabre.webhooks.models import Delivery, Place, Webhook, Why
from palabre.webhooks.tasks import deliver_soon

log = logging.getLogger(__name__)


def catch_up() -> int:
    """Reads all that has settled; returns how many events that was."""
    return Place.read_on(tell)


def tell(events: Sequence[Event]) -> None:
    """Writes the deliveries of these events, in the caller's transaction; those written already stay as they are."""
    rights_changed = any(event.meaning.changes_sight and not event.item for event in events)
    for webhook in Webhook.objects.enabled().select_related("keeper", "space").order_by("pk"):
        fresh = [event for event in events if event.at >= webhook.since and hearing.is_chosen(webhook, event)]
        if (fresh or rights_changed) and not webhook.is_kept:
            webhook.disable(Why.KEEPER)
            continue
        made = [
            Delivery(
                webhook=webhook,
                event=heard.event.pk,
                item=heard.item.pk,
                type=vocabulary.type_of(heard.event.verb),
            )
            for heard in hearing.of(webhook, fresh)
        ]
        if made:
            Delivery.objects.bulk_create(made, ignore_conflicts=True)
            deliver_soon(webhook.pk)


def run(stopping: Callable[[], bool] = lambda: False) -> None:
    """Follows the journal until told to stop."""
    keep_reading(transaction.atomic(Place.take), catch_up, stopping)
