"""The campaigns that have ended and of which nobody has said what came of them."""

from typing import Any

from palabre.ideas.models import Campaign
from palabre.items.awaiting import Awaited, answered_for
from palabre.items.models import ItemQuerySet


def unsaid(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """For who sponsors one, or else wrote it."""
    ended = Campaign.objects.filter(ended_at__isnull=False, outcome="").order_by().values("pk")
    return answered_for(person, among.filter(pk__in=ended))


UNSAID = Awaited("campaigns_unsaid", unsaid, counted=False)
