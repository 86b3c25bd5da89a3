"""The consultations that wait for somebody's answer."""

from typing import Any

from django.db.models import F

from palabre.consultations.models import Seat
from palabre.items.awaiting import Awaited
from palabre.items.models import ItemQuerySet, State


def waiting_for(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, those for which `person` (or the slot for their key) was asked and has not answered."""
    # Begun from what waits at all, which is little: most readers are asked nothing, on every page.
    asked = Seat.objects.filter(person=person).waiting().order_by().values("consultation")
    return among.filter(pk__in=asked, state=State.PUBLISHED)


def _told(_person: Any) -> dict[str, Any]:
    return {"closes_at": F("consultation__closes_at")}


AWAITED = Awaited("consultations_waiting", waiting_for, _told, first=("consultation__closes_at", "pk"))
