"""The register of offers, by title: of the house and of a space."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.kit.policy import may
from palabre.offers.models import Standing
from palabre.spaces import sight
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

SHOWS = {"all": _("All of them"), **dict(Standing.choices)}


@require_GET
def offers(request: HttpRequest) -> HttpResponse:
    """`/offers/`: of all spaces that the reader sees."""
    may_write = any(may(request.user, "space.write", each) for each in sight.of(request.user).spaces.values())
    return render(request, "offers/list.html", {**_listed(request, _seen(request)), "may_write": may_write})


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/produit/offers/`: of one space."""
    space = space_or_404(request, slug)
    listed = _listed(request, _seen(request).filter(space=space))
    return render(request, "offers/of_space.html", {**frame(request, space), **listed})


def _seen(request: HttpRequest) -> ItemQuerySet:
    return Item.objects.visible_to(request.user).published().of_kind("offer")


def _listed(request: HttpRequest, items: ItemQuerySet) -> dict[str, Any]:
    said = request.GET.get("show", "")
    show = said if said in SHOWS else "all"
    if show != "all":
        items = items.filter(offer__standing=show)
    rows = items.for_lists().select_related("offer", "owner", "owner__organisation")
    return {"page": page(rows, request, ("title", "id")), "shows": SHOWS, "show": show}
