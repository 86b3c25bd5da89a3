"""The votes that wait for somebody's ballot, and the decisions to be looked at again."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, Func, OuterRef, Value, When
from django.db.models.functions import Coalesce, JSONObject

from palabre.decisions.models import Decision, Elector
from palabre.items.models import Item, ItemQuerySet, State
from palabre.spaces import awaiting, sight

NAME = "decisions_waiting"
MOST = 20


def waiting_for(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, the decisions that wait for `person` (or the slot for their key)."""
    # Begun from what waits at all, which is little: of either one or the other, PostgreSQL would look at every item.
    votes = Elector.objects.filter(person=person).waiting().order_by().values("decision")
    due = Decision.objects.filter(review_due=True).alias(whose=Coalesce("item__owner", "item__author"))
    asked = votes.union(due.filter(whose=person).order_by().values("pk"))
    return among.filter(pk__in=asked, state=State.PUBLISHED)


def _seen(person: Any, within: sight.Within) -> ItemQuerySet:
    return waiting_for(person, Item.objects.alias(place=F("space") + 0).filter(within("place"))).order_by()


def _number(person: Any, within: sight.Within) -> Func:
    return sight.number_of(_seen(person, within), MOST)


def _told(person: Any, within: sight.Within) -> ArraySubquery:
    """The latest of them, with what is told of each."""
    brief = JSONObject(
        pk="pk", title="title", language="language", space="space_id", closes_at=F("decision__closes_at"),
        review=Case(When(decision__review_due=True, then=Value(True)), default=Value(False)),
        confirm=Exists(Elector.objects.filter(decision=OuterRef("pk"), person=person).unconfirmed()),
    )  # fmt: skip
    return ArraySubquery(_seen(person, within).order_by("-pk").values(brief=brief)[:MOST])


def number(person: Any) -> int:
    """How many wait for the reader, up to `MOST`."""
    return sight.of(person).counted.get(NAME) or 0


def of(person: Any) -> list[dict[str, Any]]:
    """What waits for the reader, the latest first."""
    return awaiting.of(person).get(NAME) or []


sight.counts(NAME, _number)
awaiting.tells(NAME, _told)
