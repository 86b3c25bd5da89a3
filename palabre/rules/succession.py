"""From a challenge to a decision, and from a rule to the one that takes its place: drafts that remember what they are
for, and say so when they are published.
"""

from typing import Any

from palabre.authoring import drafting
from palabre.authoring.models import Draft
from palabre.items.models import Item, ItemQuerySet
from palabre.kit import given
from palabre.kit.policy import may
from palabre.links import following
from palabre.rules.models import REPLACES, Challenge, Rule, Standing

FIELD = "of_rule"
"""The field of a draft that says what it is for: `replaces:12`, `decides:7`."""


def succeed(rule: Rule, by: Any) -> Draft:
    """A draft of `by` with the text of the rule, to become another one in its place."""
    item = rule.item
    said = {FIELD: f"replaces:{item.pk}"}
    return drafting.keep(by, drafting.Content("rule", item.title, item.body, item.space, fields=said))


def former(rule: Rule, reader: Any) -> Item | None:
    """The rule whose place a proposed one is to take, as far as the reader sees it."""
    key = rule.item.extras.get(REPLACES) if rule.standing == Standing.PROPOSED else None
    return in_force(reader).filter(pk=key).first() if key else None


def in_force(reader: Any) -> ItemQuerySet:
    """The rules that hold, as far as the reader sees them."""
    return Item.objects.visible_to(reader).of_kind("rule").filter(rule__standing=Standing.FORCE)


def decide(challenge: Challenge, by: Any) -> Draft:
    """A draft of a decision about what a challenge says."""
    idea, rule = challenge.idea, challenge.rule.item
    quoted = "\n".join(f"> {line}" for line in idea.body.strip().splitlines())
    body = f"[{_plain(rule.title)}](/items/{rule.pk}/)\n\n{quoted}\n\n[{_plain(idea.title)}](/items/{idea.pk}/)"
    space = idea.space if may(by, "space.write", idea.space) else None
    said = {FIELD: f"decides:{challenge.pk}"}
    return drafting.keep(by, drafting.Content("decision", idea.title, body, space, fields=said))


@drafting.on_publishing
def remember(draft: Any, item: Item) -> None:
    """What was begun so is there: the rule says what it replaces, the decision where it came from."""
    purpose, _, number = draft.fields.get(FIELD, "").partition(":")
    key = given.key(number)
    if key is None:
        return
    if purpose == "replaces" and item.kind == "rule":
        if Item.objects.visible_to(draft.person).of_kind("rule").filter(pk=key).exists():
            item.extras[REPLACES] = key
            item.save(update_fields=["extras"])
    elif purpose == "decides":
        found = Challenge.objects.told_to(draft.person).select_related("idea__space").filter(pk=key).first()
        if found:
            following.tie(found.idea, item, draft.person)


def _plain(title: str) -> str:
    return title.translate({ord(sign): " " for sign in "[]<>\\`"})
