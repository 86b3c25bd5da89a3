"""Lists of commitments: those that are open, the latest first, and what came of the others."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.commitments.models import State
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.kit.policy import may
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

SHOWS = {
    "open": pgettext_lazy("commitments", "Open"),
    "mine": _("Mine to carry"),
    "kept": pgettext_lazy("commitments", "Kept"),
    "broken": pgettext_lazy("commitments", "Not kept"),
    "dropped": pgettext_lazy("commitments", "Dropped"),
}
OPEN, SETTLED = ("day", "id"), ("-settled", "-id")


@require_GET
def commitments(request: HttpRequest) -> HttpResponse:
    """`/commitments/`: of all spaces that the reader sees."""
    context = _listed(request, _seen(request)) | {"may_make": may(request.user, "commitment.make")}
    return render(request, "commitments/list.html", context)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/commitments/`: of one space."""
    space = space_or_404(request, slug)
    listed = _listed(request, _seen(request).filter(space=space))
    may_make = may(request.user, "commitment.make") and may(request.user, "space.write", space)
    return render(request, "commitments/of_space.html", {**frame(request, space), **listed, "may_make": may_make})


def _seen(request: HttpRequest) -> ItemQuerySet:
    return Item.objects.visible_to(request.user).published().of_kind("commitment")


def _listed(request: HttpRequest, items: ItemQuerySet) -> dict[str, Any]:
    shows = {name: label for name, label in SHOWS.items() if name != "mine" or request.user.is_authenticated}
    show = request.GET.get("show", "open")
    show = show if show in shows else "open"
    state = State.OPEN if show == "mine" else show
    items = items.filter(commitment__state=state)
    if show == "mine":
        items = items.filter(commitment__carrier=request.user.pk)
    told = items.for_lists().select_related("commitment", "commitment__carrier")
    told = told.annotate(day=F("commitment__due"), settled=F("commitment__settled_at"))
    order = OPEN if state == State.OPEN else SETTLED
    return {"page": page(told, request, order), "shows": shows, "show": show}
