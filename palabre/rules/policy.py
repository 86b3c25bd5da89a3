"""What one may do with rules beside what one may do with any item."""

from typing import Any

from palabre.items.models import State
from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR
from palabre.rules.models import Rule, Standing


@rule("rule.steer")
def may_steer(person: Any, facet: Rule) -> bool:
    """Put it in force, say why, lift it, answer challenges: who answers for it, its author and stewards."""
    item = facet.item
    if item.state != State.PUBLISHED or item.space.archived_at or facet.is_over:
        return False
    return bool(person.is_authenticated and item.owner_id == person.pk) or may(person, "item.shape", item)


@rule("rule.challenge")
def may_challenge(person: Any, facet: Rule) -> bool:
    """Whoever may read it and say something there, while it is in force: to object needs no right to write."""
    return person is not OPERATOR and facet.standing == Standing.FORCE and may(person, "item.comment", facet.item)


@rule("rule.succeed")
def may_succeed(person: Any, facet: Rule) -> bool:
    """Begin another one in its place: who writes there. It takes its place when who may steer both says so."""
    return facet.standing == Standing.FORCE and may(person, "item.edit", facet.item)
