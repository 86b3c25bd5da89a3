"""The ways in to a decision."""

from django.http import HttpRequest

from palabre.authoring import showing
from palabre.decisions import arguments, briefs, hands
from palabre.decisions.models import Decision
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.kit.queries import Slot

DECISIONS = showing.door(
    "decision",
    **briefs.brought(),
    argued=arguments.in_brief(Item.objects.visible_to_asker()),
    own_words=arguments.own_words(Slot("reader")),
    hands=hands.beside(),
)
ARGUMENTS = showing.door("argument", "parent__decision")


def decision_or_404(request: HttpRequest, pk: int) -> Decision:
    """The decision with its item and its space, if the reader sees it."""
    return facet_of(item_or_404(request, pk, "decision"))


def facet_of(item: Item) -> Decision:
    """The decision of an item that came with it."""
    decision: Decision = item.decision  # type: ignore[attr-defined]
    decision.item = item
    return decision
