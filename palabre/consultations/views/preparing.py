"""Putting questions of one's own, or the first statements, and opening."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring.files.keeping import REASONS
from palabre.authoring.files.receiving import receive
from palabre.authoring.toasts import done
from palabre.consultations import picturing
from palabre.consultations.doors import consultation_or_404
from palabre.consultations.forms import Asking, Stating, Wording, other_than
from palabre.consultations.models import Consultation, Settled
from palabre.consultations.openings import Opening
from palabre.consultations.questions import CHOSEN, part_called, parts_of, read
from palabre.consultations.views.showing import again
from palabre.consultations.words import in_all, say
from palabre.kit import given
from palabre.kit.policy import require
from palabre.kit.times import in_full

NEW, MOST = "new", 60


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/questions/`: what is asked so far; `up`, `down` or `drop` one by its key."""
    consultation = _asked(request, pk)
    if request.method == "POST":
        kept = list(consultation.questions)
        for name in ("up", "down", "drop"):
            key = given.text(request.POST, name, 40)
            place = next((n for n, each in enumerate(kept) if each["key"] == key), None)
            if place is None:
                continue
            if name == "drop" and kept[place].get("part"):
                done(request, _("The method needs this question: word it otherwise, but do not leave it out."))
                continue
            moved = kept.pop(place)
            if name != "drop":
                kept.insert(max(0, place + (-1 if name == "up" else 1)), moved)
        _keep(request, consultation, kept)
        return redirect("consultations:questions", pk=pk)
    context = {"consultation": consultation, "item": consultation.item, "questions": read(consultation.questions)}
    return render(request, "consultations/questions.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def question(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """`/consultations/12/questions/new/`, or by its key: one question. With `add`, its pictures come in first."""
    consultation = _asked(request, pk)
    kept = list(consultation.questions)
    place = next((number for number, each in enumerate(kept) if each["key"] == key), None)
    if place is None and (key != NEW or len(kept) >= MOST):
        raise Http404
    before = read(kept[: len(kept) if place is None else place])
    language = consultation.item.space.language
    asked = kept[place] if place is not None else {}
    if asked.get("part"):
        return _reword(request, consultation, asked)
    fresh, refused = _added(request, pk)
    pictures = picturing.of_text(consultation.pk)
    if request.method == "POST":
        shown = picturing.typed(pictures, request.POST, fresh)
    else:
        shown = picturing.kept(pictures, asked.get("options", ()), language, other_than(language))
    data = request.POST if request.method == "POST" and not ("add" in request.POST or refused) else None
    if request.method == "POST" and data is None:
        initial: Any = {name: request.POST.get(name, "") for name in Asking.base_fields}
    else:
        initial = _initial(asked, consultation, language) if asked else None
    form = Asking(data, before=before, pictures=shown, language=language, initial=initial)
    if data is not None and form.is_valid():
        name = key if place is not None else _free(kept)
        made = form.made(name, asked)
        kept[place if place is not None else len(kept) : (place + 1) if place is not None else len(kept)] = [made]
        quotas = [each for each in consultation.quotas if each["question"] != name]
        if form.cleaned_data["most"] and made["kind"] in CHOSEN:
            quotas.append({"question": name, "most": form.cleaned_data["most"]})
        _keep(request, consultation, kept, quotas=quotas)
        return redirect("consultations:questions", pk=pk)
    context = {
        "consultation": consultation,
        "item": consultation.item,
        "form": form,
        "is_new": place is None,
        "refused": refused,
    }
    return render(request, "consultations/question.html", context, status=422 if form.errors or refused else 200)


@login_required
@require_http_methods(["GET", "POST"])
def first_statements(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/statements/first/`: those with which a map of opinions begins."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.prepare", consultation)
    if not consultation.is_map:
        raise Http404
    lines = consultation.statements.standing().values_list("text", flat=True)
    form = Stating(request.POST if request.method == "POST" else None, initial={"lines": "\n".join(lines)})
    if form.is_valid():
        try:
            consultation.put_statements(request.user, form.cleaned_data["lines"], consultation.item.space.language)
        except Settled:
            return again(request, pk, refused=_("It is open already: nothing was changed."))
        done(request, _("Saved."))
        return redirect(f"{consultation.item.get_absolute_url()}#consultation")
    context = {"consultation": consultation, "item": consultation.item, "form": form}
    return render(request, "consultations/first_statements.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, pk: int) -> Consultation:
    """The consultation, whose questions nobody else changes meanwhile: two who put one at once put both."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.prepare", consultation)
    if request.method == "POST":
        consultation.take_hold()
    return consultation


def _reword(request: HttpRequest, consultation: Consultation, asked: dict[str, Any]) -> HttpResponse:
    """A question that a method reads: its words are one's own, and what it asks for is not."""
    language = consultation.item.space.language
    data = request.POST if request.method == "POST" else None
    form = Wording(data, initial=_initial(asked, consultation, language))
    if form.is_valid():
        said = form.reworded(asked, language)
        _keep(request, consultation, [said if each is asked else each for each in consultation.questions])
        return redirect("consultations:questions", pk=consultation.pk)
    context = {"consultation": consultation, "item": consultation.item, "form": form, "of_method": True}
    return render(request, "consultations/question.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, pk: int) -> tuple[list[int], list[str]]:
    """The pictures that came along, now of the text, and why others were not kept."""
    sent = request.FILES.getlist("file")
    if not sent:
        return [], []
    received = receive(request.user, pk, sent)
    refused = [f"{name}: {REASONS[reason]}" for name, reason in received.refusals]
    refused += [_("“%(name)s” is no picture.") % {"name": each.name} for each in received.files if not each.width]
    return [each.pk for each in received.files if each.width], refused


def _keep(request: HttpRequest, consultation: Consultation, kept: list[dict[str, Any]], **more: Any) -> None:
    """What is asked now; a condition whose question or choice is gone, or comes later, is dropped, and that is said."""
    known: set[tuple[str, str]] = set()
    for each in kept:
        hangs = each.get("only_if")
        if hangs and not any((hangs["question"], option) in known for option in hangs["options"]):
            del each["only_if"]
            told = _("“%(question)s” is asked of everybody now: the choice it hung on no longer stands before it.")
            done(request, told % {"question": say(each["title"])})
        known |= {(each["key"], option["key"]) for option in each.get("options", ())}
    if not any(each.get("part") for each in kept):  # a method has parts of its own
        more["variants"] = [{"key": key, "title": in_all(partial(part_called, key))} for key in parts_of(kept)]
    try:
        consultation.prepare(request.user, questions=kept, **more)
    except Settled:
        done(request, _("It is open already: nothing was changed."))


def _free(kept: list[dict[str, Any]]) -> str:
    numbers = {each["key"] for each in kept}
    return next(f"q{number}" for number in range(1, MOST + 2) if f"q{number}" not in numbers)


def _initial(kept: dict[str, Any], consultation: Consultation, language: str) -> dict[str, Any]:
    other = other_than(language)

    def lines(name: str, code: str) -> str:
        return "\n".join(each["title"].get(code, "") for each in kept.get(name, ())).strip("\n")

    only_if = kept.get("only_if")
    ends = dict(zip(("end_low", "end_high"), kept.get("ends", ()), strict=False))
    return {
        **kept,
        "title": kept["title"].get(language, ""),
        "title_other": kept["title"].get(other, ""),
        "hint": kept.get("hint", {}).get(language, ""),
        "hint_other": kept.get("hint", {}).get(other, ""),
        "options": lines("options", language),
        "options_other": lines("options", other),
        "rows": lines("rows", language),
        "rows_other": lines("rows", other),
        **{name: words.get(language, "") for name, words in ends.items()},
        **{f"{name}_other": words.get(other, "") for name, words in ends.items()},
        "cell": next(iter(kept.get("cells", ())), ""),
        "only_if": f"{only_if['question']}:{only_if['options'][0]}" if only_if else "",
        "most": next((each["most"] for each in consultation.quotas if each["question"] == kept["key"]), None),
    }  # fmt: skip


@login_required
@require_POST
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/opening/`: answers are taken from now on; what is asked stays."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.prepare", consultation)
    form = Opening(request.POST)
    if not form.is_valid():
        return again(request, pk, opening=form)
    try:
        consultation.prepare(request.user, who=form.cleaned_data["who"], floor=form.cleaned_data["floor"])
        consultation.open(request.user, form.cleaned_data["closes_at"])
    except Settled:
        return again(request, pk, opening=form, refused=_("It cannot open like this: put at least one question first."))
    done(request, _("It is open until %(when)s. Now ask people.") % {"when": in_full(form.cleaned_data["closes_at"])})
    return redirect(f"{consultation.item.get_absolute_url()}#consultation")
