"""The ideas that wait for somebody's review."""

from typing import Any

from palabre.ideas.models import Review
from palabre.items.awaiting import Awaited
from palabre.items.models import ItemQuerySet, State


def waiting_for(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, the ideas that `person` (or the slot for their key) was asked to review, and has not."""
    asked = Review.objects.filter(person=person).waiting().order_by().values("idea")
    return among.filter(pk__in=asked, state=State.PUBLISHED)


AWAITED = Awaited("reviews_waiting", waiting_for)
