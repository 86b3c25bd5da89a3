"""The ways in to an offer."""

from django.http import HttpRequest

from palabre.authoring import showing
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.links import gathering
from palabre.links.models import Type
from palabre.offers.models import Offer

OFFERS = showing.door("offer", "owner__organisation", about=gathering.tied(Item.objects.visible_to_asker(), Type.ABOUT))


def offer_or_404(request: HttpRequest, pk: int) -> Offer:
    """The offer with its item and its space, if the reader sees it."""
    item = item_or_404(request, pk, "offer")
    offer: Offer = item.offer  # type: ignore[attr-defined]
    offer.item = item
    return offer
