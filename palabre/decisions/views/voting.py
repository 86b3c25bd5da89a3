"""Casting a ballot, and reading those of others once they are shown."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from palabre.authoring.toasts import done
from palabre.decisions import casting, papers, spoken
from palabre.decisions.doors import decision_or_404
from palabre.decisions.models import Ballot, Decision, Elector, Settled, Stage, Unsigned
from palabre.decisions.papers import Paper
from palabre.decisions.views.showing import again
from palabre.kit.paging import page
from palabre.kit.policy import may, require
from palabre.kit.times import in_full
from palabre.people.models import Person

SIZE = 100  # ballots on a page


@login_required
@require_POST
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/ballot/`: takes it, in place of the one before. What is missing is said, and nothing is lost."""
    decision = decision_or_404(request, pk)
    if is_late(request.user, decision):
        return _late(request, decision, papers.read(decision, request.POST))
    require(request.user, "decision.vote", decision)
    if decision.secret:
        return redirect("decisions:booth", pk=pk)
    paper = papers.read(decision, request.POST)
    if paper.ballot is None:
        return again(request, pk, paper=paper)
    try:
        casting.cast(decision, request.user, paper)
    except Settled:
        return _late(request, decision, paper)
    until = _("Your ballot is kept. You can change it until %(when)s.") % {"when": in_full(decision.closes_at)}  # type: ignore[arg-type]
    done(request, " ".join([until, *paper.remarks]))
    return redirect(f"{decision.item.get_absolute_url()}#vote")


def _late(request: HttpRequest, decision: Decision, paper: Paper) -> HttpResponse:
    """A ballot that is not taken is told to whoever gave it, so that what they wrote is not lost."""
    said = spoken.words(papers.filled(decision, paper.ballot.plain())) if paper.ballot else ""
    return again(request, decision.pk, paper=paper, late=True, came_late=said)


@login_required
@require_POST
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/confirmation/`: what one has said holds for the text as it is now."""
    decision = decision_or_404(request, pk)
    if is_late(request.user, decision):
        return again(request, pk, late=True)
    require(request.user, "decision.vote", decision)
    try:
        decision.confirm(request.user)
    except Settled:
        if decision.awaits_count:
            return again(request, pk, late=True)
        return again(request, pk, unsaid_yet=_("There is no ballot of yours to confirm yet: vote first."))
    done(request, _("Confirmed: your ballot is about the text as it is now."))
    return redirect(f"{decision.item.get_absolute_url()}#vote")


def is_late(person: Any, decision: Decision) -> bool:
    """Whether somebody who was on the list comes after the vote was closed or cancelled."""
    over = decision.stage in (Stage.CLOSED, Stage.CANCELLED)
    return over and decision.electors.filter(person=person.pk).exists()


@require_GET
def ballots(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/ballots/`: who said what, as soon as the result is shown; a guest is told of whom they meet. Of
    a secret vote, what was said, each under its code.
    """
    decision = decision_or_404(request, pk)
    if not may(request.user, "decision.ballots", decision):
        raise Http404
    if decision.secret:
        return _unsigned(request, decision)
    every = Ballot.objects.filter(decision=decision).order_by("voter__name", "pk")
    met = every.filter(voter__in=Person.objects.visible_to(request.user).values("pk"))
    holder = Elector.objects.filter(decision=decision, person=OuterRef("voter"))
    met = met.select_related("voter__organisation").annotate(mandate=Subquery(holder.values("organisation__name")))
    cast = [(each, spoken.words(papers.filled(decision, each.said))) for each in met]
    context = {"decision": decision, "item": decision.item, "ballots": cast, "others": every.count() - len(cast)}
    return render(request, "decisions/ballots.html", context)


def _unsigned(request: HttpRequest, decision: Decision) -> HttpResponse:
    listed = page(Unsigned.objects.filter(decision=decision), request, ("code",), SIZE)
    for each in listed:
        each.words = spoken.words(papers.filled(decision, each.said))
    context = {"decision": decision, "item": decision.item, "page": listed}
    return render(request, "decisions/unsigned.html", context)
