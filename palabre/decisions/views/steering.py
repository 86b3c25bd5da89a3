"""More time, an early end, a cancellation; afterwards what was decided, and when it is looked at again."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.decisions import tasks
from palabre.decisions.doors import decision_or_404
from palabre.decisions.forms.steering import Steering
from palabre.decisions.models import Settled, Stage, Unanswered
from palabre.decisions.views.showing import again
from palabre.kit import given
from palabre.kit.policy import require


@login_required
@require_POST
def steering(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/steering/`: `do` is extend, close or cancel; always with a reason, of which all are told."""
    decision = decision_or_404(request, pk)
    require(request.user, "decision.steer", decision)
    form, do = Steering(request.POST), given.text(request.POST, "do", 10)
    if do not in ("extend", "close", "cancel"):
        raise Http404
    if not form.is_valid():
        return again(request, pk, steering=form, doing=do)
    reason, by = form.cleaned_data["reason"], request.user
    try:
        if do == "extend":
            closes = form.cleaned_data["closes_at"]
            if closes is None:
                raise Settled
            decision.extend(by, closes, reason)
        elif do == "close":
            if decision.stage != Stage.OPEN:
                raise Settled
            tasks.ask(tasks.end, decision, by=by.pk, reason=reason)
            done(request, _("It is being closed and counted: the result is here in a moment, and all are told."))
            return redirect(f"{decision.item.get_absolute_url()}#vote")
        else:
            decision.cancel(by, reason)
    except Settled:
        if do == "extend" and not decision.awaits_count:
            form.add_error("closes_at", _("Choose an hour after the one at which it closes now."))
        else:
            form.add_error(None, _("Its hour has come, or it was closed meanwhile: that can no longer be done."))
        return again(request, pk, steering=form, doing=do)
    done(request, _("Done; those who may vote are told, with the reason."))
    return redirect(f"{decision.item.get_absolute_url()}#vote")


@login_required
@require_POST
def substance(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/substance/`: the text has changed in substance, so that who has voted is asked to confirm."""
    decision = decision_or_404(request, pk)
    require(request.user, "decision.steer", decision)
    try:
        decision.pin(request.user)
    except Settled:
        done(request, _("The text is the one on which people vote: nothing is to be confirmed."))
    else:
        done(request, _("Those who have voted are asked to confirm."))
    return redirect(f"{decision.item.get_absolute_url()}#vote")


@login_required
@require_POST
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/statement/`: what was decided, and what happens now."""
    decision = decision_or_404(request, pk)
    require(request.user, "decision.state", decision)
    words = given.whole(request.POST, "statement").strip()
    if wrong := acting.wrong_with(words, _("Write what was decided first.")):
        return again(request, pk, unsaid=wrong, said_now=words)
    try:
        decision.state(request.user, words)
    except Unanswered:
        return again(request, pk, unsaid=_("Answer each opinion first; then say what you decided."), said_now=words)
    done(request, _("Said; those who could vote are told."))
    return redirect(f"{decision.item.get_absolute_url()}#outcome")


@login_required
@require_POST
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/leaving/`: nothing more is said of the result, and why."""
    decision = decision_or_404(request, pk)
    require(request.user, "decision.state", decision)
    reason = given.whole(request.POST, "reason").strip()
    if wrong := acting.wrong_with(reason, _("Say in a few words why nothing more is said."), acting.REASON):
        return again(request, pk, unleft=wrong, left_now=reason)
    try:
        decision.leave(request.user, reason)
    except Unanswered:
        return again(request, pk, unleft=_("Answer each opinion first; then leave it at that."), left_now=reason)
    except Settled:
        return again(request, pk, unleft=_("It was said meanwhile: look at it again."), left_now=reason)
    done(request, _("Left at that; the reason stands beside the result."))
    return redirect(f"{decision.item.get_absolute_url()}#outcome")


@login_required
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/review/`: it comes back on the day `on`; without one, no more."""
    decision = decision_or_404(request, pk)
    require(request.user, "decision.state", decision)
    typed = given.text(request.POST, "on", 10)
    try:
        day = parse_date(typed) if typed else None
    except ValueError:
        day = None
    if typed and (day is None or day <= localdate()):
        return again(request, pk, review_typed=typed, not_then=_("Choose a day that is still to come."))
    decision.review(request.user, day)
    done(request, _("It comes back that day.") if day else _("It does not come back any more."))
    return redirect(f"{decision.item.get_absolute_url()}#review")
