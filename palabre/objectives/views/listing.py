"""The objectives of the house and of a space, by title: under way or ended, with how far each is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.kit.policy import may
from palabre.objectives import progress
from palabre.objectives.models import Standing
from palabre.spaces import sight
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

SHOWS = {
    "open": pgettext_lazy("several objectives", "Under way"),
    "ended": pgettext_lazy("several objectives", "Ended"),
}


@require_GET
def objectives(request: HttpRequest) -> HttpResponse:
    """`/objectives/`: of all spaces that the reader sees."""
    may_write = any(may(request.user, "space.write", each) for each in sight.of(request.user).spaces.values())
    return render(request, "objectives/list.html", {**_listed(request, _seen(request)), "may_write": may_write})


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/maison/objectives/`: of one space."""
    space = space_or_404(request, slug)
    listed = _listed(request, _seen(request).filter(space=space))
    return render(request, "objectives/of_space.html", {**frame(request, space), **listed})


def _seen(request: HttpRequest) -> ItemQuerySet:
    return Item.objects.visible_to(request.user).published().of_kind("objective")


def _listed(request: HttpRequest, items: ItemQuerySet) -> dict[str, Any]:
    show = "ended" if request.GET.get("show") == "ended" else "open"
    under_way = items.filter(objective__standing=Standing.OPEN)
    items = under_way if show == "open" else items.exclude(objective__standing=Standing.OPEN)
    rows = items.for_lists().select_related("objective", "owner", "owner__organisation")
    found = page(rows.annotate(latest=progress.latest()), request, ("title", "id"))
    for item in found.rows:
        item.reached = progress.said(item.latest) if item.latest is not None else ""
        item.aimed = progress.said(item.objective.target) if item.objective.target is not None else ""
    return {"page": found, "shows": SHOWS, "show": show, "today": localdate()}
