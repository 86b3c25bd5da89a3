"""The ways in to a consultation."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from palabre.authoring import showing
from palabre.consultations.models import Consultation, Leaving, Seat
from palabre.items.doors import Door
from palabre.items.models import Item
from palabre.kit.queries import Slot

_MINE = Seat.objects.filter(consultation=OuterRef("pk"), person=Slot("reader"))
_LEFT = Leaving.objects.filter(consultation=OuterRef("pk"))
CONSULTATIONS = showing.door(
    "consultation",
    leaving=ArraySubquery(_LEFT.values(brief=JSONObject(reason="reason", at="at", by=F("by__name")))),
    mine=ArraySubquery(_MINE.values(brief=JSONObject(asked="asked", done="done", begun="response_id"))),
)

_ANY = Door("consultation")


def consultation_or_404(request: HttpRequest, pk: int) -> Consultation:
    """The consultation with its item and its space, if the reader sees it."""
    return facet_of(_ANY.open(request, pk, "consultation"))


def facet_of(item: Item) -> Consultation:
    """The consultation of an item that came with it."""
    consultation: Consultation = item.consultation  # type: ignore[attr-defined]
    consultation.item = item
    return consultation
