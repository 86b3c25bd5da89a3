"""Lists of questions: all, those without an answer, those that wait for the reader."""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.kit.policy import may
from palabre.questions.models import answers_to, unanswered
from palabre.questions.waiting import waiting_for
from palabre.spaces import sight
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

SHOWS = {"all": _("Latest asked"), "unanswered": _("Without an answer"), "waiting": _("Waiting for me")}


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """`/questions/`: of all spaces that the reader sees."""
    items = Item.objects.visible_to(request.user).published().of_kind("question")
    return render(request, "questions/list.html", _listed(request, items))


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/questions/`: of one space."""
    space = space_or_404(request, slug)
    items = Item.objects.visible_to(request.user).published().of_kind("question").filter(space=space)
    return render(request, "questions/of_space.html", {**frame(request, space), **_listed(request, items)})


def _listed(request: HttpRequest, items: ItemQuerySet) -> dict[str, Any]:
    shows = SHOWS if request.user.is_authenticated else {name: SHOWS[name] for name in ("all", "unanswered")}
    show = request.GET.get("show", "all")
    if show not in shows:
        show = "all"
    if show == "unanswered":
        items = unanswered(items)  # type: ignore[assignment]
    elif show == "waiting":
        items = waiting_for(request.user.pk, items)
    given = answers_to(OuterRef("pk")).order_by().values("parent").annotate(n=Count("pk")).values("n")
    counted = items.for_lists().annotate(
        answers=Subquery(given, output_field=IntegerField()), accepted=F("question__accepted")
    )
    may_ask = any(may(request.user, "space.write", each) for each in _spaces(request))
    return {"page": page(counted, request), "shows": shows, "show": show, "may_ask": may_ask}


def _spaces(request: HttpRequest) -> list[Any]:
    return list(sight.of(request.user).spaces.values())
