"""What serves an objective, by kind, and beginning something for it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from palabre.items.kinds import at
from palabre.items.models import Item
from palabre.kit import given
from palabre.kit.paging import page
from palabre.links import gathering
from palabre.objectives import serving
from palabre.objectives.doors import OBJECTIVES, SERVES, objective_or_404


@require_GET
def every(request: HttpRequest, pk: int) -> HttpResponse:
    """`/objectives/12/serving/`: the latest of each kind and how far they are; to an open page, the list alone."""
    item = OBJECTIVES.open(request, pk, "objective")
    groups = gathering.groups(item.serving)  # type: ignore[attr-defined]
    gathering.say([title for group in groups for title in group.titles])
    context = {"item": item, "space": item.space, "groups": groups}
    alone = "objectives/groups.html" if request.htmx else "objectives/serving.html"  # type: ignore[attr-defined]
    return render(request, alone, context)


@require_GET
def of_kind(request: HttpRequest, pk: int, kinds: str) -> HttpResponse:
    """`/objectives/12/serving/ideas/`: all of one kind, the latest first."""
    objective, kind = objective_or_404(request, pk), at(kinds)
    if kind is None:
        raise Http404
    items = gathering.among(Item.objects.visible_to(request.user).of_kind(kind.name), objective.pk, SERVES)
    found = page(items.for_lists(), request, ("-id",))
    context = {
        "item": objective.item, "space": objective.item.space, "kind": kind, "page": found,
        "titles": gathering.titles(found.rows),
    }  # fmt: skip
    return render(request, "objectives/of_kind.html", context)


@login_required
@require_POST
def beginning(request: HttpRequest, pk: int) -> HttpResponse:
    """`/objectives/12/beginning/`: a draft of the `kind`, which will serve the objective."""
    objective, wanted = objective_or_404(request, pk), given.text(request.POST, "kind", 20)
    if wanted not in {kind.name for kind in gathering.beginnings(request.user, objective.item)}:
        raise Http404
    return redirect(serving.begin(objective.item, wanted, request.user))
