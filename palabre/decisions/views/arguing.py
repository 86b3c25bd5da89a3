"""Reasons for and against, opinions and objections: said, answered, lifted."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from palabre.authoring import acting, showing, writing
from palabre.authoring.toasts import done
from palabre.decisions import casting
from palabre.decisions.arguments import may_answer
from palabre.decisions.doors import ARGUMENTS, decision_or_404
from palabre.decisions.models import Argument, Decision, Settled, Side
from palabre.decisions.views.showing import again
from palabre.items.doors import item_or_404
from palabre.kit import given
from palabre.kit.policy import require


@login_required
@require_POST
def arguments(request: HttpRequest, pk: int) -> HttpResponse:
    """`/decisions/12/arguments/`: a reason, `for` it or `against`."""
    decision = decision_or_404(request, pk)
    require(request.user, "decision.argue", decision)
    side, words = given.text(request.POST, "side", 10), writing.clean(given.whole(request.POST, "body")).strip()
    if side not in (Side.FOR, Side.AGAINST):
        return again(request, pk, unargued=_("Say whether it is for it or against it."), argued_now=words)
    if wrong := acting.wrong_with(words, _("Write your reason first.")):
        return again(request, pk, unargued=wrong, argued_now=words, argued_side=side)
    said = Argument.objects.say(decision, request.user, side, words)
    done(request, _("Your reason is there; who proposed it is told."))
    return redirect(f"{decision.item.get_absolute_url()}#argument-{said.pk}")


@require_GET
def argument(request: HttpRequest, pk: int) -> HttpResponse:
    """`/arguments/12-ouvrir-le-samedi/`: one, with what is said about it."""
    item = ARGUMENTS.open(request, pk, "argument")
    within = item.parent if item.parent and item.parent.is_readable else None
    if within:
        within.space = item.space
    return showing.show(request, item, argument=item.argument, within=within)  # type: ignore[attr-defined]


@login_required
@require_POST
def response(request: HttpRequest, pk: int) -> HttpResponse:
    """`/arguments/12/response/`: what those who proposed it, or who decides, answer."""
    argument, decision = _argument(request, pk)
    if not may_answer(request.user, decision, argument.side):
        raise PermissionDenied("decision.answer")
    words = given.whole(request.POST, "answer").strip()
    if wrong := acting.wrong_with(words, _("Write the answer first.")):
        return again(request, decision.pk, unanswered=argument.pk, unanswered_why=wrong, answered_now=words)
    argument.respond(request.user, words)
    done(request, _("Answered; who said it is told."))
    return redirect(f"{decision.item.get_absolute_url()}#argument-{pk}")


@login_required
@require_POST
def lifting(request: HttpRequest, pk: int) -> HttpResponse:
    """`/arguments/12/lifting/`: whoever raised this objection says that it is resolved, and consents."""
    argument, decision = _argument(request, pk)
    require(request.user, "decision.vote", decision)
    if argument.side != Side.OBJECTION or argument.item.author_id != request.user.pk:
        raise PermissionDenied("decision.lift")
    try:
        casting.lift(decision, request.user)
    except Settled:
        return again(request, decision.pk, late=True)
    done(request, _("Your objection is resolved, and you consent."))
    return redirect(f"{decision.item.get_absolute_url()}#argument-{pk}")


def _argument(request: HttpRequest, pk: int) -> tuple[Argument, Decision]:
    """An argument and the decision in which it is read."""
    item = item_or_404(request, pk, "argument")
    if not item.is_readable or item.parent_id is None:
        raise Http404
    argument: Argument = item.argument  # type: ignore[attr-defined]
    argument.item = item
    return argument, decision_or_404(request, item.parent_id)
