"""The consultations that are closed and of which nobody has said what will be done, nor left it at that."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import Coalesce, JSONObject

from palabre.consultations.models import Consultation, Stage
from palabre.items.models import Item, State
from palabre.spaces import awaiting, sight

NAME = "consultations_unreturned"
MOST = 6


def _told(person: Any, within: sight.Within) -> ArraySubquery:
    """For who answers for the text."""
    closed = Consultation.objects.filter(stage=Stage.CLOSED, returned_at=None, leavings=None).order_by().values("pk")
    found = Item.objects.filter(within("space"), pk__in=closed, state=State.PUBLISHED)
    mine = found.alias(whose=Coalesce("owner", "author")).filter(whose=person)
    brief = JSONObject(pk="pk", title="title", language="language", space="space_id")
    return ArraySubquery(mine.order_by("pk").values(brief=brief)[:MOST])


def of(person: Any) -> list[dict[str, Any]]:
    """Those of the reader."""
    return awaiting.of(person).get(NAME) or []


awaiting.tells(NAME, _told)
