"""What is about an offer, by kind; writing something about it; and which offers an item is about."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring.toasts import done
from palabre.items.doors import item_or_404
from palabre.kit import given
from palabre.kit.policy import require
from palabre.links import gathering
from palabre.links.models import Type
from palabre.links.views import gathered
from palabre.offers import naming
from palabre.offers.doors import OFFERS, offer_or_404

MOST = 100  # offers chosen at once


@require_GET
def every(request: HttpRequest, pk: int) -> HttpResponse:
    """`/offers/12/about/`: the latest of each kind, and how far they are; to a page that is read, the list alone."""
    item = OFFERS.open(request, pk, "offer")
    briefs = item.about  # type: ignore[attr-defined]
    return gathered.latest(request, item, briefs, "offers/about.html", "offers/groups.html")


@require_GET
def of_kind(request: HttpRequest, pk: int, kinds: str) -> HttpResponse:
    """`/offers/12/about/ideas/`: all of one kind, the latest first."""
    item = offer_or_404(request, pk).item
    return gathered.of_kind(request, item, kinds, [Type.ABOUT], "offers/of_kind.html")


@login_required
@require_POST
def beginning(request: HttpRequest, pk: int) -> HttpResponse:
    """`/offers/12/beginning/`: a draft of the `kind`, which will be about the offer."""
    offer, wanted = offer_or_404(request, pk), given.text(request.POST, "kind", 20)
    if wanted not in {kind.name for kind in gathering.beginnings(request.user, offer.item)}:
        raise Http404
    return redirect(naming.begin(offer.item, wanted, request.user))


@login_required
@require_http_methods(["GET", "POST"])
def naming_of(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/offers/?q=fibre`: which offers an item is about; a post says so of all that were shown."""
    if request.method == "POST":
        with transaction.atomic():
            item = item_or_404(request, pk, lock=True)
            require(request.user, "offer.name", item)
            naming.say(item, _chosen(request.POST, "about"), _chosen(request.POST, "shown"), request.user)
        done(request, _("Saved."))
        return redirect(item)
    item = item_or_404(request, pk)
    require(request.user, "offer.name", item)
    typed = given.text(request.GET, "q", 120)
    said = naming.of(item, request.user)
    found = naming.called(typed, request.user, {each.pk for each in said})
    context = {"item": item, "space": item.space, "said": said, "found": found, "typed": typed}
    alone = "offers/choices.html" if request.htmx else "offers/naming.html"  # type: ignore[attr-defined]
    return render(request, alone, context)


def _chosen(sent: QueryDict, name: str) -> set[int]:
    return set(given.numbers(sent.getlist(name)[:MOST]))
