"""The commitments that wait for who carries them: those whose day is near or over."""

from typing import Any

from django.db.models import DateField, F
from django.db.models.functions import Cast, Now

from palabre.commitments.models import SOON, Commitment
from palabre.items.awaiting import Awaited
from palabre.items.models import ItemQuerySet
from palabre.items.models import State as Life


def waiting_for(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, the commitments that `person` (or the slot for their key) carries, and that are near or late."""
    near = Commitment.objects.filter(state="open", carrier=person, due__lte=Cast(Now() + SOON, DateField()))
    return among.filter(pk__in=near.order_by().values("pk"), state=Life.PUBLISHED)


def _told(_person: Any) -> dict[str, Any]:
    return {"due": F("commitment__due")}


AWAITED = Awaited("commitments_waiting", waiting_for, _told, first=("commitment__due", "pk"))
