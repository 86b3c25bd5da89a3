"""Planning a campaign, proposing an idea in it, and saying what came of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.ideas import campaigning
from palabre.ideas.doors import campaign_or_404
from palabre.ideas.forms.campaigns import Concluding, Planning
from palabre.ideas.models import Concluded, Standing, Unbegun, Weighed
from palabre.ideas.views.campaigns import again
from palabre.kit import given
from palabre.kit.policy import require
from palabre.kit.times import day_and_month


@login_required
@require_POST
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """`/campaigns/12/proposal/`: a draft for an idea in it; while it takes none, why not."""
    facet = campaign_or_404(request, pk)
    require(request.user, "space.write", facet.item.space)
    if why := campaigning.why_not(facet, None, request.user):
        context = {"item": facet.item, "space": facet.item.space, "why": why}
        return render(request, "ideas/closed.html", context, status=422)
    return redirect(campaigning.begin(facet, request.user))


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """`/campaigns/12/plan/`: its days, whom it is for, who sponsors it, by what its ideas are weighed."""
    facet = campaign_or_404(request, pk)
    require(request.user, "campaign.steer", facet)
    form = Planning(request.POST or None, campaign=facet, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            facet.plan(**form.cleaned_data, by=request.user)
        except Weighed:
            form.add_error("criteria", _("Ideas were weighed by the criteria it has: these stay."))
        except Concluded:
            form.add_error(None, _("What came of it was said: it is over. Write another brief."))
        else:
            done(request, _("Saved."))
            return redirect(facet.item)
    return acting.page(request, facet.item, form, _("Plan the campaign"), _("Save"), icon="calendar")


@login_required
@require_http_methods(["GET", "POST"])
def conclusion(request: HttpRequest, pk: int) -> HttpResponse:
    """`/campaigns/12/conclusion/`: what came of it, which ends it if it is still open."""
    facet = campaign_or_404(request, pk)
    require(request.user, "campaign.steer", facet)
    form = Concluding(request.POST or None, initial={"outcome": facet.outcome})
    if request.method == "POST" and form.is_valid():
        try:
            facet.conclude(form.cleaned_data["outcome"], request.user)
        except Unbegun:
            form.add_error(None, _("It has not begun yet: what came of it is said from its first day on."))
        else:
            done(request, _("Saved; those who proposed an idea are told."))
            return redirect(f"{facet.item.get_absolute_url()}#campaign")
    lede = ""
    if facet.is_open and facet.closes_on:
        lede = _("It is open until %(day)s. If you say now what came of it, it ends with that.")
        lede %= {"day": day_and_month(facet.closes_on)}
    return acting.page(
        request, facet.item, form, _("What came of it"), _("Save"), icon="check", lede=lede,
        template="ideas/conclusion.html", may_leave=facet.standing == Standing.ENDED and not facet.outcome,
    )  # fmt: skip


@login_required
@require_POST
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """`/campaigns/12/leaving/`: nobody says what came of it, and why."""
    facet = campaign_or_404(request, pk)
    require(request.user, "campaign.steer", facet)
    reason = given.whole(request.POST, "reason").strip()
    if wrong := acting.wrong_with(reason, _("Say in a few words why nobody says what came of it."), acting.REASON):
        return again(request, pk, unleft=wrong, left_now=reason)
    if not facet.leave(reason, request.user):
        wrong = _("It has not ended, or something was said meanwhile: look at it again.")
        return again(request, pk, unleft=wrong, left_now=reason)
    done(request, _("Left at that; the reason stands here."))
    return redirect(f"{facet.item.get_absolute_url()}#campaign")
