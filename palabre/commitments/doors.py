"""The ways in to a commitment."""

from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from palabre.authoring import showing
from palabre.commitments.models import Commitment, Turn
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.people.faces import face
from palabre.people.models import Person


def _turns() -> ArraySubquery:
    """What happened to it, the latest first: it comes with the item, whose page has no query to spare."""
    rows = Turn.objects.filter(commitment=OuterRef("pk")).order_by("-pk")
    columns = {name: name for name in ("what", "words", "due", "at")}
    brief = JSONObject(**columns, carrier=F("carrier__name"), by=face("by"))
    return ArraySubquery(rows.values(brief=brief))


COMMITMENTS = showing.door("commitment", "commitment__carrier__organisation", happened=_turns())


def turns_of(item: Item) -> list[dict[str, Any]]:
    """What happened to a commitment, as it came with its item."""
    return [
        brief
        | {
            "label": Turn.What(brief["what"]).label,
            "due": date.fromisoformat(brief["due"]),
            "at": datetime.fromisoformat(brief["at"]),
            "by": Person(**brief["by"]) if brief["by"]["pk"] else None,
        }
        for brief in item.happened  # type: ignore[attr-defined]
    ]


def commitment_or_404(request: HttpRequest, pk: int) -> Commitment:
    """The commitment with its item and its space, if the reader sees it."""
    return facet_of(item_or_404(request, pk, "commitment"))


def facet_of(item: Item) -> Commitment:
    """The commitment of an item that came with it."""
    commitment: Commitment = item.commitment  # type: ignore[attr-defined]
    commitment.item = item
    return commitment
