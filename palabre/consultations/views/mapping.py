"""Voting on statements, one after the other, and adding one's own."""

import random
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring.toasts import done
from palabre.consultations import taking
from palabre.consultations.doors import consultation_or_404
from palabre.consultations.models import Consultation, Response, Settled, Statement
from palabre.consultations.policy import is_taking
from palabre.consultations.rescued import Rescued
from palabre.consultations.seats import Taker, taker
from palabre.consultations.views.answering import too_late
from palabre.kit import given
from palabre.kit.policy import may
from palabre.measuring.statements import Votes, priority

LONGEST = 140
SAYS = {"agree": 1, "disagree": -1, "pass": 0}
SAYS_OF = {1: gettext_lazy("You agree"), -1: gettext_lazy("You disagree"), 0: gettext_lazy("You passed")}


@never_cache
@require_http_methods(["GET", "POST"])
def votes(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/votes/?statement=7`: that one again, or what comes next; POST: `statement`, and what one says
    in place of what one said before.
    """
    consultation, who = _taking(request, pk)
    if who is None or who.seat is None or who.seat.response is None:
        return redirect("consultations:answer", pk=pk)
    response, standing = who.seat.response, list(consultation.statements.standing())  # type: ignore[attr-defined]
    if request.method == "POST":
        key, says = given.number(request.POST, "statement"), given.text(request.POST, "says", 10)
        statement = next((each for each in standing if each.pk == key), None)
        if statement is None or says not in SAYS:
            raise Http404
        try:
            taking.vote(consultation, response, statement, SAYS[says])
        except Settled:
            return redirect("consultations:answer", pk=pk)
        return redirect(_address(pk, who))
    return _page(request, consultation, who, response, standing)


@require_POST
def statements(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/statements/`: adds the sentence of somebody who takes part; who steers it may `hide` one
    by its key, or `show` it again.
    """
    consultation = consultation_or_404(request, pk)
    if "hide" in request.POST or "show" in request.POST:
        return _hide(request, consultation)
    consultation, who = _taking(request, pk)
    text = " ".join(given.whole(request.POST, "text").split())
    if who is None and consultation.is_map and text:
        mine = [Rescued(_("Your statement"), [text])]
        return too_late(request, consultation, taker(request, consultation), mine)
    if who is None or who.seat is None or who.seat.response is None:
        return redirect("consultations:answer", pk=pk)
    wrong = ""
    if not 10 <= len(text) <= LONGEST:
        wrong = _("Write one short sentence, from 10 to %d characters.") % LONGEST
    else:
        try:
            statement = taking.add_statement(consultation, text, (get_language() or "fr")[:2])
            taking.vote(consultation, who.seat.response, statement, 1)
            done(request, _("Added, and counted as agreed by you."))
        except Settled:
            wrong = _("No more statements can be added here.")
    if wrong:
        standing = list(consultation.statements.standing())  # type: ignore[attr-defined]
        return _page(request, consultation, who, who.seat.response, standing, wrong=wrong, typed=text)
    return redirect(_address(pk, who))


def _hide(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    if not may(request.user, "consultation.steer", consultation):
        raise Http404
    hidden = "hide" in request.POST
    chosen = consultation.statements.filter(pk=given.number(request.POST, "hide" if hidden else "show") or 0)
    if not chosen.update(hidden=hidden):
        raise Http404
    done(request, _("Hidden: nobody votes on it any more.") if hidden else _("Shown again: it is voted on."))
    return redirect("consultations:results", pk=consultation.pk)


def _taking(request: HttpRequest, pk: int) -> tuple[Consultation, Taker | None]:
    consultation = consultation_or_404(request, pk)
    if not consultation.is_map or not is_taking(consultation):
        return consultation, None
    return consultation, taker(request, consultation)


def _address(pk: int, who: Taker) -> str:
    return f"/consultations/{pk}/votes/" + (f"?by={who.by}" if who.by else "")


def _page(
    request: HttpRequest,
    consultation: Consultation,
    who: Taker,
    response: Response,
    standing: list[Statement],
    **more: Any,
) -> HttpResponse:
    left = [each for each in standing if str(each.pk) not in response.said]
    again = given.number(request.GET, "statement")
    said = [
        (each, SAYS_OF[response.said[str(each.pk)]]) for each in reversed(standing) if str(each.pk) in response.said
    ]
    context = {
        "consultation": consultation,
        "item": consultation.item,
        "who": who,
        "next": next((each for each, _says in said if each.pk == again), None) or _next(left),
        "said": said,
        "voted": len(standing) - len(left),
        "number": len(standing),
        **more,
    }
    return render(request, "consultations/vote.html", context, status=422 if more.get("wrong") else 200)


def _next(left: list[Statement]) -> Statement | None:
    """One of those not voted on, drawn by how much a vote on it would tell."""
    if not left:
        return None
    weights = [priority(Votes(each.agree, each.disagree, each.seen), 0.0) for each in left]
    return random.choices(left, weights)[0]  # noqa: S311 (an order, not a secret)
