"""The page of a commitment."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from palabre.authoring import showing
from palabre.commitments.doors import COMMITMENTS, facet_of, turns_of
from palabre.kit.policy import may


@require_GET
def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """`/commitments/12-poser-un-banc/`."""
    item = COMMITMENTS.open(request, pk, "commitment")
    facet = facet_of(item)
    may_settle = may(request.user, "commitment.settle", facet)
    return showing.show(request, item, commitment=facet, turns=turns_of(item), may_settle=may_settle)
