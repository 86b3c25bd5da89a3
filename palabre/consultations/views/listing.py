"""Lists of consultations: of all spaces or of one, by where they stand."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.consultations.methods import METHODS
from palabre.consultations.models import Stage
from palabre.consultations.waiting import waiting_for
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.kit.policy import may
from palabre.spaces import sight
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

SHOWS = {
    "all": pgettext_lazy("consultations", "All"),
    "open": pgettext_lazy("consultations", "Open"),
    "returned": _("With their results"),
    "waiting": _("Waiting for me"),
}


@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """`/consultations/`: of all spaces that the reader sees."""
    items = Item.objects.visible_to(request.user).published().of_kind("consultation")
    may_ask = any(may(request.user, "space.write", each) for each in sight.of(request.user).spaces.values())
    return render(request, "consultations/list.html", {**_listed(request, items), "may_ask": may_ask})


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/consultations/`: of one space."""
    space = space_or_404(request, slug)
    items = Item.objects.visible_to(request.user).published().of_kind("consultation").filter(space=space)
    return render(request, "consultations/of_space.html", {**frame(request, space), **_listed(request, items)})


def _listed(request: HttpRequest, items: ItemQuerySet) -> dict[str, Any]:
    shows = {name: label for name, label in SHOWS.items() if name != "waiting" or request.user.is_authenticated}
    show = request.GET.get("show", "all")
    if show == "open":
        items = items.filter(consultation__stage=Stage.OPEN)
    elif show == "returned":
        items = items.filter(consultation__returned_at__isnull=False)
    elif show == "waiting" and "waiting" in shows:
        items = waiting_for(request.user.pk, items)
    else:
        show = "all"
    told = items.for_lists().annotate(
        **{name: F(f"consultation__{name}") for name in ("stage", "closes_at", "sent", "method", "returned_at")}
    )
    listed = page(told, request)
    for item in listed.rows:
        item.stage_label = Stage(item.stage).label
        item.method_label = METHODS[item.method].label if item.method in METHODS else ""
    return {"page": listed, "shows": shows, "show": show}
