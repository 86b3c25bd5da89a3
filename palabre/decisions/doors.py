"""The ways in to a decision."""

from django.http import HttpRequest

from palabre.authoring import showing
from palabre.decisions import briefs
from palabre.decisions.models import Decision
from palabre.items.doors import item_or_404
from palabre.items.models import Item

DECISIONS = showing.door("decision", **briefs.brought())


def decision_or_404(request: HttpRequest, pk: int) -> Decision:
    """The decision with its item and its space, if the reader sees it."""
    return facet_of(item_or_404(request, pk, "decision"))


def facet_of(item: Item) -> Decision:
    """The decision of an item that came with it."""
    decision: Decision = item.decision  # type: ignore[attr-defined]
    decision.item = item
    return decision
