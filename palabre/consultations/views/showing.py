"""The page of a consultation, its results, and the files in which single answers are carried away."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from palabre.authoring import showing
from palabre.authoring.files.serving import answer
from palabre.authoring.files.views import sent
from palabre.consultations import exporting, looking, outcomes
from palabre.consultations import results as told
from palabre.consultations.doors import CONSULTATIONS, consultation_or_404, facet_of
from palabre.consultations.methods import METHODS
from palabre.consultations.models import Consultation, Enclosure, Mix, Stage, Who
from palabre.consultations.openings import Extending, Opening
from palabre.consultations.papers import LONG
from palabre.consultations.policy import is_taking
from palabre.consultations.questions import minutes, read
from palabre.consultations.words import say
from palabre.kit import given
from palabre.kit.policy import may, require
from palabre.links import following

SIDES = {"all": _("Everybody"), "inside": _("Inside"), "outside": _("Outside")}


@require_GET
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12-le-juste-prix/`."""
    item = CONSULTATIONS.open(request, pk, "consultation")
    if request.path != item.get_absolute_url():
        return showing.show(request, item)
    return showing.show(request, item, **page(request, facet_of(item)))


def page(request: HttpRequest, consultation: Consultation, **more: Any) -> dict[str, Any]:
    """What the page of a consultation shows beside its text."""
    item: Any = consultation.item
    person, questions = request.user, read(consultation.questions)
    return {
        "consultation": consultation,
        "stage": consultation.stage,
        "method": METHODS.get(consultation.method),
        "questions": questions,
        "statements": consultation.statements.standing() if consultation.is_map else (),  # read in preparation only
        "variants": [say(each["title"]) for each in consultation.variants],
        "minutes": minutes(questions),
        "mine": item.mine[0] if item.mine else None,
        "left": _left(item.leaving),
        "taking": is_taking(consultation),
        "asks_me": consultation.who == Who.READERS or bool(item.mine and item.mine[0]["asked"]),
        "may_place": may(person, "consultation.place", consultation),
        "mixes": Mix.choices,
        "may_prepare": may(person, "consultation.prepare", consultation),
        "may_steer": may(person, "consultation.steer", consultation),
        "may_return": may(person, "consultation.return", consultation),
        "may_read_results": consultation.stage != Stage.DRAFT and may(person, "consultation.results", consultation),
        "opening": Opening(None, initial={"who": consultation.who}),
        "extending": Extending(None),
        "to_ask": consultation.stage == Stage.OPEN and not consultation.sent and not consultation.is_map,
        "shared": _shared(consultation),
        # What is the same for all who look, and for each time: not where somebody has written something.
        "plain_as": None if more else (consultation.pk, consultation.stage, consultation.mix, item.space.audience),
        **more,
    }


def _shared(consultation: Consultation) -> str:
    """The one link for all, where whoever reads it may answer."""
    return f"{settings.ADDRESS}/consultations/{consultation.pk}/answer/" if consultation.who == Who.READERS else ""


def _left(leaving: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Why it was left at that, by whom and when."""
    return leaving[0] | {"at": datetime.fromisoformat(leaving[0]["at"])} if leaving else None


def again(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
    """The page of the consultation with what was typed and what is wrong with it."""
    item = CONSULTATIONS.open(request, pk, "consultation")
    return showing.again(request, item, **page(request, facet_of(item), **more))


@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/results/`: what came out; `?side=inside` where that may be told apart."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.results", consultation)
    if consultation.stage == Stage.DRAFT:
        raise Http404
    side = given.text(request.GET, "side", 10) or "all"
    context: dict[str, Any] = {
        "consultation": consultation,
        "item": consultation.item,
        "method": METHODS.get(consultation.method),
        "may_export": may(request.user, "consultation.export", consultation),
        "may_return": may(request.user, "consultation.return", consultation),
        "may_go_on": following.may_go_on(request.user, consultation.item),
        "is_open": consultation.stage == Stage.OPEN,
    }
    if consultation.is_map:
        context["map"] = looking.map_of(consultation)
        if may(request.user, "consultation.steer", consultation):
            context |= {"may_steer": True, "statements": consultation.statements.order_by("hidden", "pk")}
        return render(request, "consultations/map.html", context)
    found = looking.of(consultation, side)
    context |= {"results": found, "sides": {name: SIDES[name] for name in found.sides}}
    return render(request, "consultations/results.html", context)


@login_required
@require_POST
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/outcome/`: the desk, with an idea in the words of one answer (`text`)."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.results", consultation)
    text = given.text(request.POST, "text", LONG)
    if consultation.stage == Stage.DRAFT or not text:
        raise Http404
    if not following.may_go_on(request.user, consultation.item):
        raise PermissionDenied("links.sequel")
    return redirect(outcomes.begin(consultation, text, request.user))


@login_required
@require_GET
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """`/consultations/12/results.csv`, `.json`: single answers without names, as many as results tell of."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.export", consultation)
    if form not in ("csv", "json"):
        raise Http404
    if form == "json":
        text, kind = json.dumps(exporting.data(consultation), ensure_ascii=False, indent=2), "application/json"
    else:
        text, kind = exporting.sheet(consultation), "text/csv; charset=utf-8"
    name = slugify(consultation.item.title)[:60] or f"consultation-{pk}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(text, content_type=kind, headers=headers)


@login_required
@require_GET
def enclosure(request: HttpRequest, pk: int, file: Any, name: str) -> HttpResponseBase:
    """`/consultations/12/files/…/q1.pdf`: a file that came with an answer, to who may read single answers, once results
    tell of it."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.export", consultation)
    if told.told_of(consultation) < consultation.floor:
        raise Http404
    among = Enclosure.objects.filter(consultation=pk, response__in=told.shown(consultation).values("pk"))
    return sent(answer(get_object_or_404(among, pk=file), request.headers, request.GET.get("width", "")))
