"""The page of the planner: offers by the seven P."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.consultations.models import Mix
from palabre.items.models import Item
from palabre.kit.paging import page
from palabre.kit.policy import may
from palabre.offers.models import Standing
from palabre.planner import squares
from palabre.spaces import sight

SHOWS = {
    "current": pgettext_lazy("offers", "Current"),
    "withdrawn": pgettext_lazy("offers", "Withdrawn"),
    "all": pgettext_lazy("offers", "All"),
}


@require_GET
def planner(request: HttpRequest) -> HttpResponse:
    """`/planner/`: the offers that the reader sees, and what was asked about each; `?show=all` with those withdrawn."""
    said = request.GET.get("show", "")
    show = said if said in SHOWS else "current"
    offers = Item.objects.visible_to(request.user).published().of_kind("offer")
    if show == "current":
        offers = offers.exclude(offer__standing=Standing.WITHDRAWN)
    elif show == "withdrawn":
        offers = offers.filter(offer__standing=Standing.WITHDRAWN)
    listed = page(offers.for_lists().select_related("offer"), request, ("title", "id"))
    rows = squares.rows(listed.rows, request.user)
    is_whole = listed.next is None and "after" not in request.GET  # what is empty here may be full on another page
    context = {
        "page": listed,
        "rows": rows,
        "mixes": list(Mix),
        "never": squares.never(rows) if rows and is_whole else [],
        "holes": sum(square.asked is None for row in rows for square in row.squares),
        "may_ask": any(may(request.user, "space.write", each) for each in sight.of(request.user).spaces.values()),
        "shows": SHOWS,
        "show": show,
    }
    return render(request, "planner/planner.html", context)
