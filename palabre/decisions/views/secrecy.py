"""The booth, in which one votes where ballots are secret, and the page on which one finds one's ballot afterwards.

Keys travel in forms, never in addresses, which logs keep. The booth is no page of an item, so that no device keeps it
to be read without a line.
"""

from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palabre.decisions import box, papers, spoken
from palabre.decisions.doors import decision_or_404
from palabre.decisions.models import Decision, Keyless, Mark, Settled, Stage, Unsigned
from palabre.decisions.papers import Paper
from palabre.decisions.views.showing import again
from palabre.decisions.views.voting import is_late
from palabre.kit import given
from palabre.kit.policy import require


@login_required
@require_http_methods(["GET", "POST"])
def booth(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/booth/`: a blank paper with a key of its own, or, for who has voted, theirs for its key."""
    decision = decision_or_404(request, pk)
    if request.method == "POST" and is_late(request.user, decision):
        return again(request, pk, late=True)
    require(request.user, "decision.vote", decision)
    if not decision.secret:
        return redirect(f"{decision.item.get_absolute_url()}#ballot")
    is_marked = Mark.objects.filter(elector__decision=decision, elector__person=request.user.pk).exists()
    if request.method != "POST":
        return _within(request, decision, is_marked, key="" if is_marked else box.new_key())
    key = box.read(given.text(request.POST, "key"))
    if "open" in request.POST or not box.is_key(key):
        found = box.look(decision, key) if is_marked and box.is_key(key) else None
        if found is None:
            return _keyless(request, decision, is_marked)
        return _within(request, decision, is_marked, key=key, paper=papers.filled(decision, found.said))
    paper = papers.read(decision, request.POST)
    if paper.ballot is None:
        return _within(request, decision, is_marked, status=422, key=key, paper=paper)
    try:
        decision.cast_secretly(request.user, paper.ballot, key)
    except Keyless:
        return _keyless(request, decision, is_marked)
    except Settled:
        return _within(request, decision, is_marked, status=422, key=key, paper=paper, late=True)
    return _receipt(request, decision, paper, key)


def _within(request: HttpRequest, decision: Decision, is_marked: bool, status: int = 200, **more: Any) -> HttpResponse:
    more.setdefault("paper", papers.blank(decision))
    context = {"decision": decision, "item": decision.item, "is_marked": is_marked, **more}
    return render(request, "decisions/booth.html", context, status=status)


def _keyless(request: HttpRequest, decision: Decision, is_marked: bool) -> HttpResponse:
    """Nothing opens under the key that was given; who has not voted is given a new one."""
    typed = given.text(request.POST, "key") if is_marked else ""
    fresh = "" if is_marked else box.new_key()
    paper = papers.blank(decision) if is_marked else papers.read(decision, request.POST)
    paper.wrong = []
    return _within(request, decision, is_marked, 422, keyless=True, typed=typed, key=fresh, paper=paper)


def _receipt(request: HttpRequest, decision: Decision, paper: Paper, key: str) -> HttpResponse:
    """Shown once, in the answer itself: to be told on the next page, a key would have to be kept somewhere."""
    code = box.code_of(decision, key)
    where = request.build_absolute_uri(decision.item.get_absolute_url())
    lines = [decision.item.title, where, "", _("Your key"), key, "", _("Your code"), code, ""]
    context = {
        "decision": decision,
        "item": decision.item,
        "key": key,
        "code": code,
        "words": spoken.words(papers.filled(decision, paper.ballot.plain())) if paper.ballot else "",
        "remarks": paper.remarks,
        "file": f"data:text/plain;charset=utf-8,{quote(chr(10).join(lines))}",
    }
    return render(request, "decisions/receipt.html", context)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/check/`: the ballot of a key or a code, as it was counted."""
    decision = decision_or_404(request, pk)
    if not decision.secret or decision.stage != Stage.CLOSED:
        raise Http404
    context: dict[str, Any] = {"decision": decision, "item": decision.item}
    if request.method == "POST":
        typed = given.text(request.POST, "key")
        read = box.read(typed)
        code = box.code_of(decision, read) if read and box.is_key(read) else read
        found = Unsigned.objects.filter(decision=decision, code=code).first() if code else None
        context |= {"typed": typed, "code": code, "asked": True, "found": found}
        if found:
            context["words"] = spoken.words(papers.filled(decision, found.said))
    return render(
        request, "decisions/check.html", context, status=422 if context.get("asked") and not context["found"] else 200
    )
