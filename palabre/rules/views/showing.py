"""The page of a rule; putting it in force, lifting it, beginning the one that takes its place."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring import acting, showing
from palabre.authoring.toasts import done
from palabre.kit.policy import may, require
from palabre.rules import challenges, succession
from palabre.rules.doors import RULES, rule_or_404
from palabre.rules.forms import Terms
from palabre.rules.models import Rule, Standing


@require_GET
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """`/rules/12-les-conges/`."""
    item, person = RULES.open(request, pk, "rule"), request.user
    facet: Rule = item.rule  # type: ignore[attr-defined]
    facet.item = item
    trust = showing.trust_of(item)
    return showing.show(
        request,
        item,
        rule=facet,
        former=succession.former(facet, person),
        review_on=trust.verified_until if trust else None,
        challenges=challenges.of(item),
        may_steer=may(person, "rule.steer", facet),
        may_challenge=may(person, "rule.challenge", facet),
        may_succeed=may(person, "rule.succeed", facet),
        may_decide=person.is_authenticated and may(person, "space.write", item.space),
    )


@login_required
@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """`/rules/12/terms/`: why it holds, who answers for it, when it is looked at again; with these it is in force."""
    facet = rule_or_404(request, pk)
    require(request.user, "rule.steer", facet)
    former = facet.replaced if facet.standing == Standing.PROPOSED else None
    if former:  # two rules change at once: who may steer only one of them may not
        require(request.user, "rule.steer", former)
    form = Terms(request.POST or None, rule=facet, by=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        enacted = facet.hold(said["reason"], said["owner"], said["review_on"], request.user)
        done(request, _("The rule is in force.") if enacted else _("Saved."))
        return redirect(facet.item)
    asks, button, icon = _("Why this rule"), _("Save"), "save"
    if facet.standing == Standing.PROPOSED:
        asks, button, icon = _("Put it in force"), _("Put it in force"), "scale"
    return acting.page(request, facet.item, form, asks, button, icon, template="rules/terms.html", former=former)


@login_required
@require_POST
def lifting(request: HttpRequest, pk: int) -> HttpResponse:
    """`/rules/12/lifting/`: it holds no more."""
    facet = rule_or_404(request, pk)
    require(request.user, "rule.steer", facet)
    if facet.lift(request.user):
        done(request, _("The rule is lifted; whoever challenged it is told."))
    return redirect(facet.item)


@login_required
@require_POST
def succession_of(request: HttpRequest, pk: int) -> HttpResponse:
    """`/rules/12/succession/`: a draft of the rule that takes its place."""
    facet = rule_or_404(request, pk)
    require(request.user, "rule.succeed", facet)
    return redirect(succession.succeed(facet, request.user))
