"""The ideas that wait for somebody's review."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func
from django.db.models.functions import JSONObject

from palabre.ideas.models import Review
from palabre.items.models import Item, ItemQuerySet, State
from palabre.spaces import awaiting, sight

NAME = "reviews_waiting"
MOST = 20


def waiting_for(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, the ideas that `person` (or the slot for their key) was asked to review, and has not."""
    asked = Review.objects.filter(person=person).waiting().order_by().values("idea")
    return among.filter(pk__in=asked, state=State.PUBLISHED)


def _seen(person: Any, within: sight.Within) -> ItemQuerySet:
    # The sum keeps PostgreSQL from beginning with all that stands in these spaces.
    return waiting_for(person, Item.objects.alias(place=F("space") + 0).filter(within("place"))).order_by()


def _number(person: Any, within: sight.Within) -> Func:
    return sight.number_of(_seen(person, within), MOST)


def _told(person: Any, within: sight.Within) -> ArraySubquery:
    """The latest of them, with what is told of each."""
    brief = JSONObject(pk="pk", title="title", language="language", space="space_id")
    return ArraySubquery(_seen(person, within).order_by("-pk").values(brief=brief)[:MOST])


def number(person: Any) -> int:
    """How many wait for the reader, up to `MOST`."""
    return sight.of(person).counted.get(NAME) or 0


def of(person: Any) -> list[dict[str, Any]]:
    """What waits for the reader, the latest first."""
    return awaiting.of(person).get(NAME) or []


sight.counts(NAME, _number)
awaiting.tells(NAME, _told)
