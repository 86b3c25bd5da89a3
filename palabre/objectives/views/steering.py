"""Saying what is to be reached, how far it is, and what came of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.kit.policy import require
from palabre.objectives.doors import objective_or_404
from palabre.objectives.forms import Aiming, Ending, Seeing
from palabre.objectives.models import Objective, Standing


@login_required
@require_http_methods(["GET", "POST"])
def aim(request: HttpRequest, pk: int) -> HttpResponse:
    """`/objectives/12/aim/`: the measure, the target, the day, and who answers for it."""
    facet = _steered(request, pk)
    form = Aiming(request.POST or None, objective=facet, by=request.user)
    if request.method == "POST" and form.is_valid():
        facet.aim(**form.cleaned_data, by=request.user)
        done(request, _("Saved."))
        return redirect(facet.item)
    return acting.page(request, facet.item, form, _("What is to be reached"), _("Save"), icon="target")


@login_required
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """`/objectives/12/progress/`: a value that was seen, and its day."""
    facet = _steered(request, pk)
    form = Seeing(request.POST or None, initial={"on": localdate()})
    if request.method == "POST" and form.is_valid():
        facet.see(**form.cleaned_data, by=request.user)
        done(request, _("Noted."))
        return redirect(f"{facet.item.get_absolute_url()}#progress")
    unit = f" ({facet.unit})" if facet.unit else ""
    lede = f"{facet.measure}{unit}" if facet.measure else ""
    return acting.page(request, facet.item, form, _("Note a value"), _("Note it"), icon="check", lede=lede)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """`/objectives/12/end/`: reached, missed or given up, and what came of it."""
    facet = _steered(request, pk)
    form = Ending(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        facet.end(Standing(said["standing"]), said["outcome"], request.user)
        done(request, _("Saved; whoever follows it is told."))
        return redirect(facet.item)
    return acting.page(request, facet.item, form, _("What came of it"), _("Save"), icon="check")


def _steered(request: HttpRequest, pk: int) -> Objective:
    facet = objective_or_404(request, pk)
    require(request.user, "objective.steer", facet)
    return facet
