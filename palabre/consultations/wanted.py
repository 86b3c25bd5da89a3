"""The consultations that are closed and of which nobody has said what will be done, nor left it at that."""

from typing import Any

from palabre.consultations.models import Consultation, Stage
from palabre.items.awaiting import Awaited, answered_for
from palabre.items.models import ItemQuerySet


def unreturned(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """For who answers for the text."""
    closed = Consultation.objects.filter(stage=Stage.CLOSED, returned_at=None, leavings=None).order_by().values("pk")
    return answered_for(person, among.filter(pk__in=closed))


UNRETURNED = Awaited("consultations_unreturned", unreturned, counted=False)
