"""Saying whose answer is hoped for, and that one cannot give it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from palabre.authoring.toasts import done
from palabre.kit import given
from palabre.kit.policy import may, require
from palabre.kit.way import back
from palabre.questions.doors import question_or_404
from palabre.questions.models import Question, Waiting
from palabre.questions.views.showing import again
from palabre.spaces.readership import readers
from palabre.tags import interest
from palabre.tags.keys import key_of
from palabre.tags.models import Tag


@login_required
@require_POST
def waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """`/questions/12/waiting/`: it waits for `whom`, a name, a handle or a #tag."""
    question = question_or_404(request, pk)
    require(request.user, "question.put", question)
    typed = given.text(request.POST, "whom", 120)
    found = _tag(request, typed) if typed.startswith("#") else _person(request, question, typed)
    if isinstance(found, str):
        return again(request, pk, typed=typed, not_found=found)
    if isinstance(found, Tag):
        number = len({person for _key, person in interest.followers([found.key])} - {request.user.pk})
        new = question.wait_for(request.user, tag=found)
        told = ngettext("%(number)d person follows #%(tag)s.", "%(number)d people follow #%(tag)s.", number)
        said = told % {"number": number, "tag": found.name}
    else:
        new = question.wait_for(request.user, person=found)
        said = _("%(name)s is told.") % {"name": found.name}
    done(request, said if new else _("It waits for them already."))
    return redirect(question.item)


def _tag(request: HttpRequest, typed: str) -> Tag | str:
    key = key_of(typed.lstrip("#"))
    tags = Tag.objects.visible_to(request.user).called([key]) if key else {}
    return tags.get(key) or _("Nothing you can read bears this tag.")


def _person(request: HttpRequest, question: Question, typed: str) -> Any:
    near = readers(question.item.space).visible_to(request.user).filter(is_bot=False, left_at=None)
    found = near.meant_by(typed)
    if len(found) != 1:
        return _("Nobody who reads this space is called so. Write a name, a @handle or a #tag.")
    return found[0] if found[0].pk != request.user.pk else _("You cannot wait for yourself.")


@login_required
@require_POST
def taking_back(request: HttpRequest, pk: int, waiting: int) -> HttpResponse:
    """`/questions/12/waiting/3/`: it does not wait for them after all; whoever put it to them, and who asked."""
    question = question_or_404(request, pk)
    put = get_object_or_404(Waiting, pk=waiting, question=question)
    if put.by_id != request.user.pk and not may(request.user, "question.accept", question):
        raise Http404
    question.wait_no_more(put, request.user)
    return redirect(question.item)


@login_required
@require_POST
def passing(request: HttpRequest, pk: int) -> HttpResponse:
    """`/questions/12/passing/`: one cannot help; it waits for the others."""
    question = question_or_404(request, pk)
    question.pass_on(request.user)
    done(request, _("It no longer waits for you."))
    return redirect(back(request, otherwise=question.item.get_absolute_url()))
