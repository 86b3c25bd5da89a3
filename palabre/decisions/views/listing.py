"""The register: decisions of all spaces or of one, by where they stand."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.decisions.models import Stage
from palabre.decisions.waiting import waiting_for
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.kit.policy import may
from palabre.links.models import Link, Type
from palabre.spaces import sight
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

SHOWS = {
    "all": pgettext_lazy("decisions", "All"),
    "open": pgettext_lazy("decisions", "Open"),
    "decided": pgettext_lazy("decisions", "Decided"),
    "force": _("In force"),
    "review": _("To look at again"),
    "waiting": _("Waiting for me"),
}


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """`/decisions/`: of all spaces that the reader sees."""
    items = Item.objects.visible_to(request.user).published().of_kind("decision")
    return render(request, "decisions/list.html", _listed(request, items))


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/decisions/`: the register of one space."""
    space = space_or_404(request, slug)
    items = Item.objects.visible_to(request.user).published().of_kind("decision").filter(space=space)
    return render(request, "decisions/of_space.html", {**frame(request, space), **_listed(request, items)})


def _listed(request: HttpRequest, items: ItemQuerySet) -> dict[str, Any]:
    shows = {name: label for name, label in SHOWS.items() if name != "waiting" or request.user.is_authenticated}
    show = request.GET.get("show", "all")
    if show == "open":
        items = items.filter(decision__stage=Stage.OPEN)
    elif show == "decided":
        items = items.filter(decision__stage=Stage.CLOSED)
    elif show == "force":
        items = items.filter(~Exists(_successors(request)), decision__stage=Stage.CLOSED)
    elif show == "review":
        items = items.filter(decision__review_on__isnull=False, decision__stage=Stage.CLOSED)
    elif show == "waiting" and "waiting" in shows:
        items = waiting_for(request.user.pk, items)
    else:
        show = "all"
    told = items.for_lists().annotate(
        stage=F("decision__stage"),
        closes_at=F("decision__closes_at"),
        review_on=F("decision__review_on"),
        options=F("decision__options"),
        sure=F("decision__outcome__document__result__sure"),
        successor=Subquery(_successors(request).values(brief=JSONObject(pk="source", title=F("source__title")))[:1]),
    )
    listed = page(told, request)
    for item in listed.rows:
        sure = item.sure or []
        item.chosen = ", ".join(each["title"] for each in item.options if each["key"] in sure)
        if item.successor:
            item.successor = Item(**item.successor, kind="decision")
        item.stage_label = Stage(item.stage).label
    may_propose = any(may(request.user, "space.write", each) for each in sight.of(request.user).spaces.values())
    return {"page": listed, "shows": shows, "show": show, "may_propose": may_propose}


def _successors(request: HttpRequest) -> QuerySet[Link]:
    """What says of a decision of the outer query that it takes its place, as far as the reader sees it."""
    seen = Item.objects.visible_to(request.user).published().of_kind("decision")
    taken = Link.objects.filter(type=Type.SUPERSEDES, target=OuterRef("pk"), source__in=seen.order_by().values("pk"))
    return taken.order_by("-at")
