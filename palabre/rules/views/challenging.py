"""Challenging a rule; answering that it stays; deciding about it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.kit.policy import require
from palabre.rules import succession
from palabre.rules.doors import challenge_or_404, rule_or_404
from palabre.rules.forms import Challenging, Settling
from palabre.rules.models import Outcome


@login_required
@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """`/rules/12/challenge/`: any reader objects to it, in an idea of theirs."""
    rule = rule_or_404(request, pk)
    require(request.user, "rule.challenge", rule)
    form = Challenging(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = rule.challenge(form.cleaned_data["title"], form.cleaned_data["words"], request.user)
        done(request, _("Your challenge is there, as an idea; whoever answers for the rule is told."))
        return redirect(made.idea)
    lede = _(
        "It becomes an idea that everybody who reads the rule can read and support. Whoever answers for the rule is "
        "told, and owes you an answer; how long that takes is counted in sight of all."
    )
    return acting.page(
        request, rule.item, form, _("Challenge this rule"), _("Challenge it"), icon="megaphone", lede=lede
    )


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """`/rules/12/challenges/7/answer/`: the rule stays, and why."""
    rule = rule_or_404(request, pk)
    found = challenge_or_404(request, rule, number)
    require(request.user, "rule.steer", rule)
    form = Settling(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if found.settle(Outcome.KEPT, form.cleaned_data["words"], request.user):
            done(request, _("Answered; whoever challenged it is told."))
        return redirect(f"{rule.item.get_absolute_url()}#challenge-{found.pk}")
    return acting.page(
        request, rule.item, form, _("Answer that it stays"), _("Answer"), icon="reply", template="rules/answer.html",
        challenge=found,
    )  # fmt: skip


@login_required
@require_POST
def decision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """`/rules/12/challenges/7/decision/`: a draft of a decision about it."""
    rule = rule_or_404(request, pk)
    found = challenge_or_404(request, rule, number)
    require(request.user, "space.write", rule.item.space)
    return redirect(succession.decide(found, request.user))
