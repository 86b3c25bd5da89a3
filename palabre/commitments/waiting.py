"""The commitments that wait for who carries them: those whose day is near or over."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, F, Func
from django.db.models.functions import Cast, JSONObject, Now

from palabre.commitments.models import SOON, Commitment
from palabre.items.models import Item, ItemQuerySet
from palabre.items.models import State as Life
from palabre.spaces import awaiting, sight

NAME = "commitments_waiting"
MOST = 20


def waiting_for(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, the commitments that `person` (or the slot for their key) carries, and that are near or late."""
    near = Commitment.objects.filter(state="open", carrier=person, due__lte=Cast(Now() + SOON, DateField()))
    return among.filter(pk__in=near.order_by().values("pk"), state=Life.PUBLISHED)


def _seen(person: Any, within: sight.Within) -> ItemQuerySet:
    # The sum keeps PostgreSQL from beginning with all that stands in these spaces.
    return waiting_for(person, Item.objects.alias(place=F("space") + 0).filter(within("place"))).order_by()


def _number(person: Any, within: sight.Within) -> Func:
    return sight.number_of(_seen(person, within), MOST)


def _told(person: Any, within: sight.Within) -> ArraySubquery:
    """The nearest of them, with what is told of each."""
    brief = JSONObject(pk="pk", title="title", language="language", space="space_id", due=F("commitment__due"))
    return ArraySubquery(_seen(person, within).order_by("commitment__due", "pk").values(brief=brief)[:MOST])


def number(person: Any) -> int:
    """How many wait for the reader, up to `MOST`."""
    return sight.of(person).counted.get(NAME) or 0


def of(person: Any) -> list[dict[str, Any]]:
    """What waits for the reader, the nearest first."""
    return awaiting.of(person).get(NAME) or []


sight.counts(NAME, _number)
awaiting.tells(NAME, _told)
