"""The campaigns that have ended and of which nobody has said what came of them, nor left it at that."""

from typing import Any

from palabre.ideas.models import Campaign
from palabre.items.awaiting import Awaited, answered_for
from palabre.items.models import ItemQuerySet


def unsaid(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """For who sponsors one, or else wrote it."""
    return answered_for(person, among.filter(pk__in=Campaign.objects.unsaid().order_by().values("pk")))


UNSAID = Awaited("campaigns_unsaid", unsaid, counted=False)
