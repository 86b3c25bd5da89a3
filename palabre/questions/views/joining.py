"""The same question asked twice becomes one, and two again."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring import joining
from palabre.authoring.toasts import done
from palabre.kit.policy import require
from palabre.links.models import Link, Type
from palabre.questions.doors import question_or_404


@login_required
@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, pk: int) -> HttpResponse:
    """`/questions/12/same/`: which question of the space asks the same; a post with `into` makes them one."""
    question = question_or_404(request, pk)
    require(request.user, "question.merge", question)
    told = _("They are one question now; its answers are here.")
    parting = "questions:parting"
    return joining.choose(request, question, "questions/same.html", told=told, parting=parting, likely=_said_same(pk))


@login_required
@require_POST
def parting(request: HttpRequest, pk: int) -> HttpResponse:
    """`/questions/12/parting/`: it was another question after all."""
    question = question_or_404(request, pk)
    require(request.user, "question.merge", question)
    question.part(request.user)
    done(request, _("It is a question of its own again, with its answers."))
    return redirect(question.item)


def _said_same(pk: int) -> set[int]:
    """The items of which a link says so; who sees which of them is not asked here."""
    links = Link.objects.filter(Q(source=pk) | Q(target=pk), type=Type.SAME)
    return {end for ends in links.values_list("source", "target") for end in ends} - {pk}
