"""The page of an offer, and whether one can have it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from palabre.authoring import showing
from palabre.authoring.toasts import done
from palabre.kit import given
from palabre.kit.policy import may, require
from palabre.links import gathering
from palabre.offers.doors import OFFERS, offer_or_404
from palabre.offers.models import Offer, Standing


@require_GET
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """`/offers/12-fibre-500/`."""
    item = OFFERS.open(request, pk, "offer")
    facet: Offer = item.offer  # type: ignore[attr-defined]
    facet.item = item
    return showing.show(
        request,
        item,
        offer=facet,
        groups=gathering.groups(item.about),  # type: ignore[attr-defined]
        others=[each for each in Standing if each != facet.standing],
        may_steer=may(request.user, "offer.steer", facet),
        beginnings=gathering.beginnings(request.user, item),
    )


@login_required
@require_POST
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """`/offers/12/standing/`: `to` offered, withdrawn, or being prepared."""
    facet = offer_or_404(request, pk)
    require(request.user, "offer.steer", facet)
    to = given.text(request.POST, "to", 10)
    if to in Standing.values and facet.stand(Standing(to), request.user):
        said = {
            Standing.PREPARING: _("It is being prepared again."),
            Standing.OFFERED: _("It is offered from today on; whoever follows it is told."),
            Standing.WITHDRAWN: _("It is withdrawn; whoever follows it is told."),
        }
        done(request, said[Standing(to)])
    return redirect(facet.item)
