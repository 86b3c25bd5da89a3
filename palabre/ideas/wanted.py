"""The campaigns that have ended and of which nobody has said what came of them."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import Coalesce, JSONObject

from palabre.ideas.models import Campaign
from palabre.items.models import Item, State
from palabre.spaces import awaiting, sight

NAME = "campaigns_unsaid"
MOST = 6


def _told(person: Any, within: sight.Within) -> ArraySubquery:
    """For who sponsors one, or else wrote it."""
    ended = Campaign.objects.filter(ended_at__isnull=False, outcome="").order_by().values("pk")
    found = Item.objects.filter(within("space"), pk__in=ended, state=State.PUBLISHED)
    mine = found.alias(whose=Coalesce("owner", "author")).filter(whose=person)
    brief = JSONObject(pk="pk", title="title", language="language", space="space_id")
    return ArraySubquery(mine.order_by("pk").values(brief=brief)[:MOST])


def of(person: Any) -> list[dict[str, Any]]:
    """Those of the reader."""
    return awaiting.of(person).get(NAME) or []


awaiting.tells(NAME, _told)
