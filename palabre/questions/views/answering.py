"""Answering, accepting, voting, and making a page of an answer."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palabre.authoring import writing
from palabre.authoring.drafting import LARGEST
from palabre.authoring.toasts import done, done_with_undo
from palabre.items.doors import item_or_404
from palabre.kit import given
from palabre.kit.policy import require
from palabre.questions import answers as shown
from palabre.questions.doors import question_or_404
from palabre.questions.models import Vote
from palabre.questions.outcomes import made
from palabre.questions.views.showing import again


@login_required
@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """`/questions/12/answers/`: answers it. Nothing said comes back with what to do."""
    question = question_or_404(request, pk)
    require(request.user, "question.answer", question)
    body = writing.clean(given.whole(request.POST, "body"))[:LARGEST]
    if not body.strip():
        return again(request, pk, refused=_("Write your answer first."))
    item = question.answer(request.user, body)
    done(request, _("Your answer is there; who asked is told."))
    return redirect(f"{question.item.get_absolute_url()}#answer-{item.pk}")


@login_required
@require_POST
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """`/questions/12/acceptance/`: `answer` is the one that helped; with `undo`, none is."""
    question = question_or_404(request, pk)
    require(request.user, "question.accept", question)
    if "undo" in request.POST:
        question.unaccept(request.user)
        done(request, _("No answer is accepted any more."))
        return redirect(question.item)
    answer = item_or_404(request, given.number(request.POST, "answer") or 0, "answer")
    if answer.parent_id != question.pk or not answer.is_readable:
        raise Http404
    question.accept(answer, request.user)
    done_with_undo(request, _("Accepted: it stands first from now on."), "questions:acceptance", pk, undo=1)
    return redirect(f"{question.item.get_absolute_url()}#answer-{answer.pk}")


CHOICES = {"up": True, "down": False, "none": None}


@login_required
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/vote/`: for, against, or no longer either; of a question or an answer."""
    item = item_or_404(request, pk, "question", "answer")
    require(request.user, "question.vote", item)
    choice = given.text(request.POST, "vote", 4)
    if choice not in CHOICES:
        raise Http404
    Vote.cast(item, request.user, CHOICES[choice])
    if not request.htmx:  # type: ignore[attr-defined]
        leads_to = item.parent if item.kind == "answer" and item.parent else item
        return redirect(f"{leads_to.get_absolute_url()}#{item.kind}-{item.pk}")
    return render(request, "questions/votes.html", {"item": item, "votes": shown.counted(item, request.user)})


@login_required
@require_POST
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """`/answers/12/page/`: the answer becomes a page of the same space; once made, it leads there."""
    answer = item_or_404(request, pk, "answer")
    require(request.user, "answer.page", answer)
    item, new = made(answer, request.user)
    if new:
        done_with_undo(request, _("It is a page now, linked with the answer."), "authoring:withdrawal", item.pk)
    return redirect(item)
