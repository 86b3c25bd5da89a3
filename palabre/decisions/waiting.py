"""The votes that wait for somebody's ballot, and the decisions to be looked at again."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.db.models.functions import Coalesce

from palabre.decisions.models import Decision, Elector
from palabre.items.awaiting import Awaited
from palabre.items.models import ItemQuerySet, State


def waiting_for(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, the decisions that wait for `person` (or the slot for their key)."""
    # Begun from what waits at all, which is little: of either one or the other, PostgreSQL would look at every item.
    votes = Elector.objects.filter(person=person).waiting().order_by().values("decision")
    due = Decision.objects.filter(review_due=True).alias(whose=Coalesce("item__owner", "item__author"))
    asked = votes.union(due.filter(whose=person).order_by().values("pk"))
    return among.filter(pk__in=asked, state=State.PUBLISHED)


def _told(person: Any) -> dict[str, Any]:
    """Until when; whether it is to be looked at again, or a vote to be confirmed."""
    return {
        "closes_at": F("decision__closes_at"),
        "review": Case(When(decision__review_due=True, then=Value(True)), default=Value(False)),
        "confirm": Exists(Elector.objects.filter(decision=OuterRef("pk"), person=person).unconfirmed()),
    }


AWAITED = Awaited("decisions_waiting", waiting_for, _told, first=("decision__closes_at", "pk"))
