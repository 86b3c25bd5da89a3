"""The register of rules, by title: of the house and of a space; and how long challenges take there."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.kit.policy import may
from palabre.rules import challenges
from palabre.rules.models import OVER, Challenge, Standing
from palabre.spaces import sight
from palabre.spaces.doors import space_or_404
from palabre.spaces.models import Space
from palabre.spaces.views.spaces import frame

SHOWS = {
    "force": pgettext_lazy("several rules", "In force"),
    "proposed": pgettext_lazy("several rules", "Proposed"),
    "over": _("No longer in force"),
}
STANDINGS = {"force": (Standing.FORCE,), "proposed": (Standing.PROPOSED,), "over": OVER}


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """`/rules/`: of all spaces that the reader sees."""
    may_write = any(may(request.user, "space.write", each) for each in sight.of(request.user).spaces.values())
    return render(request, "rules/list.html", {**_listed(request), "may_write": may_write})


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/maison/rules/`: of one space."""
    space = space_or_404(request, slug)
    return render(request, "rules/of_space.html", {**frame(request, space), **_listed(request, space)})


def _listed(request: HttpRequest, space: Space | None = None) -> dict[str, Any]:
    said = request.GET.get("show", "")
    show = said if said in SHOWS else "force"
    items: ItemQuerySet = Item.objects.visible_to(request.user).published().of_kind("rule")
    told = Challenge.objects.told_to(request.user)
    if space:
        items, told = items.filter(space=space), told.filter(rule__item__space=space)
    seen = Item.objects.visible_to(request.user).order_by().values("pk")
    waiting = Q(rule__challenges__settled_at=None, rule__challenges__idea__in=seen)
    rows = items.filter(rule__standing__in=STANDINGS[show]).for_lists().select_related("rule", "owner", "trust")
    rows = rows.annotate(challenged=Count("rule__challenges", filter=waiting))
    return {
        "page": page(rows, request, ("title", "id")), "shows": SHOWS, "show": show, "today": localdate(),
        "measured": challenges.measured(told),
    }  # fmt: skip
