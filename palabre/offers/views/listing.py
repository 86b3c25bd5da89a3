"""The register of offers, by title: of the house and of a space."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from palabre.items.listing import Register
from palabre.items.models import ItemQuerySet
from palabre.kit.paging import page
from palabre.offers.models import Standing

REGISTER = Register(
    "offer",
    "offers/rows.html",
    label=_("Which offers"),
    lede=_("The products and services of the company, who answers for each, and what is said about it."),
    ways={"all": _("All of them"), **dict(Standing.choices)},
    begins=_("Describe an offer"),
    empty={
        "all": (
            _("No offer is described yet"),
            _("A product or a service written here gathers the ideas, questions and decisions that are about it."),
        ),
    },
)


@require_GET
def offers(request: HttpRequest) -> HttpResponse:
    """`/offers/`: of all spaces that the reader sees."""
    return REGISTER.show(request, _listed)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/produit/offers/`: of one space."""
    return REGISTER.show_in(request, slug, _listed)


def _listed(request: HttpRequest, items: ItemQuerySet, way: str) -> dict[str, Any]:
    if way != "all":
        items = items.filter(offer__standing=way)
    rows = items.for_lists().select_related("offer", "owner", "owner__organisation")
    return {"page": page(rows, request, ("title", "id"))}
