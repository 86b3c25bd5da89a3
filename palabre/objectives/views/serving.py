"""What serves an objective, by kind; beginning something for it, and tying to it what is there already."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring.toasts import done
from palabre.items.doors import item_or_404
from palabre.kit import given
from palabre.kit.policy import require
from palabre.links import gathering
from palabre.links.views import gathered
from palabre.objectives import serving
from palabre.objectives.doors import OBJECTIVES, objective_or_404
from palabre.objectives.serving import SERVES


@require_GET
def every(request: HttpRequest, pk: int) -> HttpResponse:
    """`/objectives/12/serving/`: the latest of each kind and how far they are; to an open page, the list alone."""
    item = OBJECTIVES.open(request, pk, "objective")
    briefs = item.serving  # type: ignore[attr-defined]
    return gathered.latest(request, item, briefs, "objectives/serving.html", "objectives/groups.html")


@require_GET
def of_kind(request: HttpRequest, pk: int, kinds: str) -> HttpResponse:
    """`/objectives/12/serving/ideas/`: all of one kind, the latest first."""
    item = objective_or_404(request, pk).item
    return gathered.of_kind(request, item, kinds, SERVES, "objectives/of_kind.html")


@login_required
@require_POST
def beginning(request: HttpRequest, pk: int) -> HttpResponse:
    """`/objectives/12/beginning/`: a draft of the `kind`, which will serve the objective."""
    objective, wanted = objective_or_404(request, pk), given.text(request.POST, "kind", 20)
    if wanted not in {kind.name for kind in gathering.beginnings(request.user, objective.item)}:
        raise Http404
    return redirect(serving.begin(objective.item, wanted, request.user))


@login_required
@require_http_methods(["GET", "POST"])
def tying(request: HttpRequest, pk: int) -> HttpResponse:
    """`/objectives/12/tying/?q=soir`: what is there already and serves it; a post says so of all that was shown."""
    if request.method == "POST":
        with transaction.atomic():
            objective = item_or_404(request, pk, "objective", lock=True)
            require(request.user, "item.tag", objective)
            serving.gather(objective, _chosen(request.POST, "serves"), _chosen(request.POST, "shown"), request.user)
        done(request, _("Saved."))
        return redirect(f"{objective.get_absolute_url()}#serving")
    objective = item_or_404(request, pk, "objective")
    require(request.user, "item.tag", objective)
    typed = given.text(request.GET, "q", 120)
    context = {
        "item": objective, "space": objective.space, "typed": typed, "said": serving.serving(objective, request.user),
        "found": serving.fitting(typed, objective, request.user),
    }  # fmt: skip
    alone = "objectives/fitting.html" if request.htmx else "objectives/tying.html"  # type: ignore[attr-defined]
    return render(request, alone, context)


@login_required
@require_http_methods(["GET", "POST"])
def naming(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/objectives/?q=jours`: which objectives an item serves; a post says so of all that were shown."""
    item = item_or_404(request, pk)
    if not serving.has_a_way(item.kind):
        raise Http404
    if request.method == "POST":
        with transaction.atomic():
            item = item_or_404(request, pk, lock=True)
            require(request.user, "item.tag", item)
            serving.say(item, _chosen(request.POST, "serves"), _chosen(request.POST, "shown"), request.user)
        done(request, _("Saved."))
        return redirect(item)
    require(request.user, "item.tag", item)
    typed = given.text(request.GET, "q", 120)
    said = serving.of(item, request.user)
    found = serving.called(typed, request.user, {each.pk for each in said})
    context = {"item": item, "space": item.space, "said": said, "found": found, "typed": typed}
    alone = "objectives/choices.html" if request.htmx else "objectives/naming.html"  # type: ignore[attr-defined]
    return render(request, alone, context)


def _chosen(sent: QueryDict, name: str) -> set[int]:
    return set(given.numbers(sent.getlist(name)[: 2 * serving.MOST]))
