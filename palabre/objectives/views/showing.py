"""The page of an objective."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from palabre.authoring import showing
from palabre.kit.policy import may
from palabre.links import gathering
from palabre.objectives import progress
from palabre.objectives.doors import OBJECTIVES
from palabre.objectives.models import Objective


@require_GET
def objective(request: HttpRequest, pk: int) -> HttpResponse:
    """`/objectives/12-dix-jours/`."""
    item = OBJECTIVES.open(request, pk, "objective")
    facet: Objective = item.objective  # type: ignore[attr-defined]
    facet.item = item
    values = progress.of(item)
    return showing.show(
        request,
        item,
        objective=facet,
        target=progress.said(facet.target) if facet.target is not None else "",
        late=bool(facet.is_open and facet.due and facet.due < localdate()),
        values=values,
        line=progress.drawn(values, facet),
        groups=gathering.groups(item.serving),  # type: ignore[attr-defined]
        may_steer=may(request.user, "objective.steer", facet),
        beginnings=gathering.beginnings(request.user, item),
        may_tie=request.user.is_authenticated and may(request.user, "item.tag", item),
    )
