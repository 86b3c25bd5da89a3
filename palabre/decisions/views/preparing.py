"""Declaring how it is decided, and opening the vote."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring.toasts import done
from palabre.decisions import electorate
from palabre.decisions.doors import decision_or_404
from palabre.decisions.forms.preparation import Preparation
from palabre.decisions.methods import METHODS
from palabre.decisions.models import Nobody, Settled, TooFew
from palabre.decisions.views.showing import again
from palabre.kit import given
from palabre.kit.policy import may, require
from palabre.kit.times import in_full

OPEN_ALREADY = gettext_lazy(
    "The vote is open, and what was declared stays. Only its end can still move, to a later hour."
)
_UNREACHABLE = gettext_lazy(
    "The quorum asks for %(asked)s, and those who may vote number %(could)s: it could never be reached. Ask for fewer, "
    "or let more people vote."
)


@login_required
@require_http_methods(["GET", "POST"])
def preparation(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/preparation/`: which method; with `?method=`, what it needs to be told."""
    decision = decision_or_404(request, pk)
    if may(request.user, "decision.steer", decision):
        return again(request, pk, refused=OPEN_ALREADY)
    require(request.user, "decision.prepare", decision)
    name = given.text(request.GET, "method", 40) or ("" if "choose" in request.GET else decision.rule.get("name", ""))
    context = {"decision": decision, "item": decision.item, "methods": METHODS.values()}
    method = METHODS.get(name)
    if method is None:
        return render(request, "decisions/methods.html", context)
    form = Preparation(
        request.POST if request.method == "POST" else None, method=method, decision=decision, by=request.user
    )
    if request.method == "POST" and form.is_valid():
        try:
            decision.prepare(request.user, form.cleaned_data["named"], form.mandates, **form.declared)
        except Settled:
            return again(request, pk, refused=OPEN_ALREADY)
        done(request, _("Prepared. Read it once more, then open the vote."))
        return redirect(f"{decision.item.get_absolute_url()}#vote")
    return render(
        request, "decisions/preparation.html", {**context, "method": method, "form": form},
        status=422 if form.errors else 200,
    )  # fmt: skip


@login_required
@require_POST
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/opening/`: ballots are taken from now on; what was declared stays."""
    decision = decision_or_404(request, pk)
    if may(request.user, "decision.steer", decision):
        return again(request, pk, refused=OPEN_ALREADY)
    require(request.user, "decision.prepare", decision)
    try:
        decision.open(request.user, electorate.those)
    except Nobody:
        return again(request, pk, refused=_("Nobody could vote: say who may, then open it."))
    except TooFew as few:
        return again(request, pk, refused=_UNREACHABLE % dict(zip(("could", "asked"), few.args, strict=True)))
    except Settled:
        return again(request, pk, refused=_("It cannot open like this: say how it is decided, and until when."))
    done(request, _("The vote is open until %(when)s.") % {"when": in_full(decision.closes_at)})  # type: ignore[arg-type]
    return redirect(f"{decision.item.get_absolute_url()}#vote")
