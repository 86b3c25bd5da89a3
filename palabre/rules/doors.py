"""The ways in to a rule and to a challenge of it."""

from django.http import Http404, HttpRequest

from palabre.authoring import showing
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.rules import challenges
from palabre.rules.models import Challenge, Rule

RULES = showing.door("rule", "owner__organisation", challenged=challenges.told(Item.objects.visible_to_asker()))


def rule_or_404(request: HttpRequest, pk: int) -> Rule:
    """The rule with its item and its space, if the reader sees it."""
    item = item_or_404(request, pk, "rule")
    rule: Rule = item.rule  # type: ignore[attr-defined]
    rule.item = item
    return rule


def challenge_or_404(request: HttpRequest, rule: Rule, pk: int) -> Challenge:
    """A challenge of this rule, if the reader sees the idea that objects to it."""
    rows = Challenge.objects.told_to(request.user).select_related("idea__space", "by")
    challenge = rows.filter(pk=pk, rule=rule).first()
    if challenge is None:
        raise Http404
    challenge.rule = rule
    return challenge
