"""The ways in to an objective."""

from django.http import HttpRequest

from palabre.authoring import showing
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.links import gathering
from palabre.objectives import progress
from palabre.objectives.models import Objective
from palabre.objectives.serving import SERVES

OBJECTIVES = showing.door(
    "objective",
    "owner__organisation",
    serving=gathering.tied(Item.objects.visible_to_asker(), *SERVES),
    seen=progress.seen(),
)


def objective_or_404(request: HttpRequest, pk: int) -> Objective:
    """The objective with its item and its space, if the reader sees it."""
    item = item_or_404(request, pk, "objective")
    facet: Objective = item.objective  # type: ignore[attr-defined]
    facet.item = item
    return facet
