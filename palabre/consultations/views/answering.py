"""Answering: screen by screen, kept as one goes, sent at the end."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from palabre.consultations import enclosing, papers, quotas, rescued, taking
from palabre.consultations.doors import consultation_or_404
from palabre.consultations.models import Consultation, Knock, Response, Settled, State
from palabre.consultations.policy import is_taking
from palabre.consultations.questions import Question, read, screens
from palabre.consultations.rescued import Rescued
from palabre.consultations.seats import Taker, taker
from palabre.kit import given
from palabre.kit.policy import may

SENT, FULL = "sent", "full"  # stand where a screen would, once all is sent


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/answer/?at=q2`: where one stands. POST: `begin`, or the answers of the screen `at`, with
    `keep` to save them quietly. What is acknowledged stands in the database."""
    consultation = consultation_or_404(request, pk)
    who = taker(request, consultation)
    if who.is_done:
        return _page(request, consultation, who, "done", came=given.text(request.GET, "at", 40))
    if not is_taking(consultation):
        return too_late(request, consultation, who)
    if not (who.is_invited or may(request.user, "consultation.answer", consultation)):
        return _page(request, consultation, who, "closed", typed=_typed(request, consultation, who))
    if who.seat is None or who.seat.response is None:
        return _begin(request, consultation, who)
    if consultation.is_map:
        return redirect(_address("votes", pk, who))
    if request.method == "POST" and "begin" not in request.POST:
        return _save(request, consultation, who, who.seat.response)
    return _screen(request, consultation, who, who.seat.response)


def _begin(request: HttpRequest, consultation: Consultation, who: Taker) -> HttpResponse:
    """Nothing is kept of whoever only looks: the first questions are shown at once, and sending them begins."""
    found = _first(consultation, who)
    if request.method != "POST":
        shown = _shown(found, 0, papers.filled(found[0], {}, "")) if found else {}
        return _page(request, consultation, who, "welcome", **shown)
    if who.person is None and not who.by and not Knock.again(request.META.get("REMOTE_ADDR", "")):
        return _busy(request, consultation, who, found)
    try:
        if found and "begin" not in request.POST and (sent := _whole(request, consultation, who, found)):
            return sent
        who.seat = taking.begin(consultation, who.seat, **_owner(who))
    except Settled:
        return who.keep(_settled(request, consultation, who), secure=_is_secure())
    if found and "begin" not in request.POST and who.seat.response:
        return who.keep(_save(request, consultation, who, who.seat.response), secure=_is_secure())
    place = "votes" if consultation.is_map else "answer"
    return who.keep(redirect(_address(place, consultation.pk, who)), secure=_is_secure())


def _first(consultation: Consultation, who: Taker) -> list[list[Question]]:
    """The screens, where the first can be shown before one has begun: it hangs on nothing that is drawn by lot."""
    if consultation.is_map or consultation.variants:
        return []
    found = screens(read(consultation.questions), {}, "")
    return [] if any(question.shuffle or question.kind == "file" for question in found[0]) else found


def _owner(who: Taker) -> dict[str, Any]:
    return {
        "person": who.person, "device": who.device, "side": who.side, "language": (get_language() or "fr")[:5],
    }  # fmt: skip


def _whole(
    request: HttpRequest, consultation: Consultation, who: Taker, found: list[list[Question]]
) -> HttpResponse | None:
    """Sends what is said on the only screen there is; None where it is not all, or not understood."""
    paper = papers.sent(found[0], request.POST, "")
    if "keep" in request.POST or paper.wrong or len(screens(read(consultation.questions), paper.said, "")) > 1:
        return None
    state = taking.take_whole(consultation, who.seat, **_owner(who), said=paper.said)
    return who.keep(_thanked(consultation, who, state), secure=_is_secure())


def _is_secure() -> bool:
    return settings.ADDRESS.startswith("https:")


def _address(name: str, pk: int, who: Taker, at: str = "") -> str:
    asked = "&".join(filter(None, [f"by={who.by}" if who.by else "", f"at={at}" if at else ""]))
    return f"/consultations/{pk}/{name}/" + (f"?{asked}" if asked else "")


def _place(found: list[list[Question]], at: str) -> int:
    return next((number for number, screen in enumerate(found) if at and screen[0].key == at), 0)


def _screen(request: HttpRequest, consultation: Consultation, who: Taker, response: Response) -> HttpResponse:
    found = screens(read(consultation.questions), response.said, response.cell)
    at = given.text(request.GET, "at", 40)
    if not at:  # where one left off: the first screen on which something is missing
        unsaid = [n for n, screen in enumerate(found) if any(q.key not in response.said for q in screen)]
        place = unsaid[0] if unsaid else len(found) - 1
    else:
        place = _place(found, at)
    paper = papers.filled(found[place], response.said, str(response.pk))
    return _page(request, consultation, who, "screen", **_shown(found, place, paper))


def _shown(found: list[list[Question]], place: int, paper: papers.Paper) -> dict[str, Any]:
    return {
        "paper": paper,
        "at": found[place][0].key,
        "number": place + 1,
        "screens": len(found),
        "before": found[place - 1][0].key if place else "",
        "last": place == len(found) - 1,
        "largest": enclosing.LARGEST,
    }


def _save(request: HttpRequest, consultation: Consultation, who: Taker, response: Response) -> HttpResponse:
    questions = read(consultation.questions)
    found = screens(questions, response.said, response.cell)
    place = _place(found, given.text(request.POST, "at", 40))
    enclosed = enclosing.taken_in(response, found[place], request.POST, request.FILES)
    paper = papers.sent(found[place], request.POST, str(response.pk), enclosed)
    fresh = {question.key for question in found[place]}
    quietly = "keep" in request.POST
    try:
        said = taking.keep(response, paper.said, () if quietly else fresh)
        enclosing.tidy(response, said, found[place])
    except Settled:
        return HttpResponse(status=409) if quietly else _settled(request, consultation, who)
    if quietly:
        return _kept(paper, request.FILES)
    if paper.wrong:
        return _page(request, consultation, who, "screen", status=422, **_shown(found, place, paper))
    if quotas.is_full(consultation, said, fresh):
        return _send(request, consultation, who, State.OVER)
    found = screens(questions, said, response.cell)  # what comes next may depend on what was just said
    here = _place(found, given.text(request.POST, "at", 40))
    if here + 1 < len(found):
        return redirect(_address("answer", consultation.pk, who, found[here + 1][0].key))
    missing = [screen for screen in found if any(q.required and q.key not in said for q in screen)]
    if missing:
        return redirect(_address("answer", consultation.pk, who, missing[0][0].key))
    asked = {question.key for screen in found for question in screen}
    if beside := said.keys() - asked:  # answers to what is not asked any more
        enclosing.tidy(response, taking.keep(response, {}, beside), questions)
    return _send(request, consultation, who, State.SENT)


def _send(request: HttpRequest, consultation: Consultation, who: Taker, state: str) -> HttpResponse:
    assert who.seat is not None
    try:
        return _thanked(consultation, who, taking.take(consultation, who.seat, state))
    except Settled:
        return _settled(request, consultation, who)


def _thanked(consultation: Consultation, who: Taker, state: str) -> HttpResponse:
    """The address alone says who was one too many for a quota: a place that kept it would tell what was chosen."""
    return redirect(_address("answer", consultation.pk, who, FULL if state == State.OVER else SENT))


def _settled(request: HttpRequest, consultation: Consultation, who: Taker) -> HttpResponse:
    """It closed a moment ago, or the same place has answered elsewhere."""
    consultation.refresh_from_db(fields=["stage", "closes_at"])
    if is_taking(consultation):
        return redirect(_address("answer", consultation.pk, who))
    return too_late(request, consultation, who)


def too_late(
    request: HttpRequest, consultation: Consultation, who: Taker, typed: list[Rescued] | None = None
) -> HttpResponse:
    """It takes no answers (any more); whoever was writing has their words back, to copy them."""
    typed = _typed(request, consultation, who) if typed is None else typed
    status = 409 if request.method == "POST" else 200
    return _page(request, consultation, who, "over", status=status, typed=typed)


def _typed(request: HttpRequest, consultation: Consultation, who: Taker) -> list[Rescued]:
    if request.method != "POST" or "begin" in request.POST:
        return []
    said = who.seat.response.said if who.seat and who.seat.response else {}
    return rescued.told(read(consultation.questions), said, request.POST)


def _busy(request: HttpRequest, consultation: Consultation, who: Taker, found: list[list[Question]]) -> HttpResponse:
    """Too many strangers begin from one address: they are asked to wait, and what they typed stays on the page."""
    again = Knock.free_at(request.META.get("REMOTE_ADDR", ""))
    if not found or "begin" in request.POST:
        return _page(request, consultation, who, "busy", status=429, again=again)
    paper = papers.sent(found[0], request.POST, "")
    for asked in paper.asked:
        asked.wrong = ""
    return _page(request, consultation, who, "welcome", status=429, again=again, **_shown(found, 0, paper))


def _kept(paper: papers.Paper, files: Any) -> HttpResponse:
    """Kept quietly; of files that came along the page is told whether they are (`<answer-file>`)."""
    response = HttpResponse(status=204)
    came = [each for each in paper.asked if each.name in files]
    if came:
        told = {each.name: {"refused": each.wrong} if each.wrong else {"kept": _is_here(each)} for each in came}
        response.headers["HX-Trigger"] = json.dumps({"enclosed": told})
    return response


def _is_here(asked: papers.Asked) -> str:
    """That a file is kept, and how large it is."""
    return _("Your file is here, %(size)s.") % {"size": filesizeformat(asked.value["size"])}


def _page(
    request: HttpRequest, consultation: Consultation, who: Taker, part: str, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"consultation": consultation, "item": consultation.item, "who": who, "part": part, **more}
    return render(request, "consultations/answer.html", context, status=status)
