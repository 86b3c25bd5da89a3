"""The votes that wait for somebody's ballot, and the decisions to be looked at again."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, JSONObject

from palabre.decisions.models import Decision, Elector
from palabre.items.models import Item, ItemQuerySet, State
from palabre.spaces import sight

NAME = "decisions_waiting"
MOST = 20


def waiting_for(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, the decisions that wait for `person` (or the slot for their key)."""
    # Begun from what waits at all, which is little: most readers are asked nothing, on every page.
    votes = Elector.objects.filter(person=person).waiting().order_by().values("decision")
    due = Decision.objects.filter(review_due=True).alias(whose=Coalesce("item__owner", "item__author"))
    asked = Q(pk__in=votes) | Q(pk__in=due.filter(whose=person).order_by().values("pk"))
    return among.filter(asked, state=State.PUBLISHED)


def _brought(person: Any, within: sight.Within) -> ArraySubquery:
    read = Item.objects.alias(place=F("space") + 0).filter(within("place"))
    brief = JSONObject(
        pk="pk", title="title", language="language", space="space_id", closes_at=F("decision__closes_at"),
        review=Case(When(decision__review_due=True, then=Value(True)), default=Value(False)),
    )  # fmt: skip
    return ArraySubquery(waiting_for(person, read).order_by("-pk").values(brief=brief)[:MOST])


def of(person: Any) -> list[dict[str, Any]]:
    """What waits for the reader, the latest first."""
    return sight.of(person).counted.get(NAME) or []


sight.counts(NAME, _brought)
