"""What other programs were told of the demo world: by a webhook that was tried for a while, and by one given up.

Both are disabled: nothing of the demo goes to the outside by itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from palabre.demo.chapters import Chapter
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.webhooks.models import Attempt, Delivery, State, Webhook, Why

Told = tuple[str, float, tuple[int, ...]]  # a verb, days ago, what the address answered each time

TRIED: tuple[Told, ...] = (
    ("published", 9, (204,)),
    ("commented", 6, (503, 204)),
    ("edited", 3, (500, 500, 500)),
    ("commented", 1, (204,)),
)
LOST: tuple[Told, ...] = (
    ("published", 11, (200,)),
    ("edited", 8.5, (200,)),
    ("published", 7, (502,) * 6),
    ("commented", 5, (502,) * 5),
    ("edited", 3, (502,) * 3),
)


class Hooking(Chapter):
    """Makes the webhooks with their logs."""

    def tell(self) -> None:
        marc, tom, space = self.people["marc"], self.people["tom"], self.spaces["reseau"]
        tried = {"name": "Tableau des chantiers", "address": "https://chantiers.example/palabre"}
        self._told(marc, space, TRIED, verbs=["published", "edited", "commented"], **tried).disable(Why.PAUSED, marc)
        lost = {"name": "Écran du hall", "address": "https://ecran.example/nouvelles"}
        self._give_up(self._told(tom, None, LOST, **lost))

    def _told(self, by: Any, space: Any, told: Sequence[Told], **fields: Any) -> Webhook:
        """A webhook, and what it has heard since it was made."""
        item = Item.objects.published().filter(space=space or self.spaces["maison"]).order_by("pk")[0]
        webhook, _secret = Webhook.objects.make(by, space, **fields)
        self._date(webhook, "webhook_made", self.when(max(ago for _verb, ago, _statuses in told) + 1))
        for verb, ago, statuses in told:
            arrived, when = statuses[-1] < 300, self.when(ago, verb)
            delivery = Delivery.objects.create(
                webhook=webhook,
                item=item.pk,
                type=f"item.{verb}",
                made_at=when,
                state=State.DELIVERED if arrived else State.FAILED,
                due_at=None,
                tries=len(statuses),
            )
            Attempt.objects.bulk_create(
                Attempt(delivery=delivery, at=when + timedelta(minutes=5 * number), milliseconds=80, status=status)
                for number, status in enumerate(statuses)
            )
        return webhook

    def _give_up(self, webhook: Webhook) -> None:
        """Five days after its first failure without any success since."""
        failed = [(self.when(ago, verb), len(tries)) for verb, ago, tries in LOST if tries[-1] >= 300]
        webhook.failing_since, webhook.misses = failed[0][0], sum(number for _at, number in failed)
        webhook.save(update_fields=["failing_since", "misses"])
        webhook.disable(Why.FAILING)
        self._date(webhook, "webhook_given_up", failed[0][0] + timedelta(days=5, hours=2))

    def _date(self, webhook: Webhook, verb: str, at: datetime) -> None:
        """The journal and the webhook say that it happened then."""
        fields = {"made_at": at, "since": at} if verb == "webhook_made" else {"disabled_at": at}
        Webhook.objects.filter(pk=webhook.pk).update(**fields)
        Event.objects.filter(verb=verb, particulars__webhook=webhook.pk).update(at=at)
