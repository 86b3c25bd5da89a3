"""What one may do with a decision beside what one may do with any item."""

from typing import Any

from palabre.decisions.models import Decision, Shown, Stage
from palabre.items.models import State
from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR


def _shapes(person: Any, decision: Decision, stage: Stage) -> bool:
    item = decision.item
    current = item.state == State.PUBLISHED and not item.space.archived_at
    return current and decision.stage == stage and may(person, "item.shape", item)


@rule("decision.prepare")
def may_prepare(person: Any, decision: Decision) -> bool:
    """Declare how it is decided, and open it: who proposed it, and stewards, until it is open."""
    return _shapes(person, decision, Stage.DRAFT)


@rule("decision.steer")
def may_steer(person: Any, decision: Decision) -> bool:
    """Give it more time, close it early, cancel it: the same, while it is open."""
    return _shapes(person, decision, Stage.OPEN)


@rule("decision.state")
def may_state(person: Any, decision: Decision) -> bool:
    """Say what was decided, and when it is looked at again: the same, once it is decided."""
    return _shapes(person, decision, Stage.CLOSED)


@rule("decision.vote")
def may_vote(person: Any, decision: Decision) -> bool:
    """Who was on the list when it opened, while they read it and it is open. Nobody else, whatever their role."""
    if person is OPERATOR or decision.stage != Stage.OPEN or not may(person, "item.comment", decision.item):
        return False
    known = getattr(decision.item, "is_elector", None)
    return bool(decision.electors.filter(person=person.pk).exists() if known is None else known)


@rule("decision.ballots")
def may_read_ballots(person: Any, decision: Decision) -> bool:
    """Know who said what: who reads it once it is closed; before, who has voted, if that was declared."""
    if decision.stage == Stage.CLOSED:
        return True
    early = decision.stage == Stage.OPEN and decision.shown == Shown.VOTED
    return early and decision.ballots.filter(voter=getattr(person, "pk", None)).exists()
