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


def _answers_for(person: Any, decision: Decision, stage: Stage) -> bool:
    """As `_shapes`, and whoever is responsible for the text, who need not have written it nor look after the space."""
    item = decision.item
    if person is OPERATOR or item.owner_id is None or item.owner_id != person.pk:
        return _shapes(person, decision, stage)
    return item.state == State.PUBLISHED and not item.space.archived_at and decision.stage == stage


def _is_advice(decision: Decision) -> bool:
    return decision.rule.get("name") == "advice"


def _decides(person: Any, decision: Decision) -> bool:
    """With advice one person decides: who is responsible for the text, or else who wrote it."""
    return person is not OPERATOR and person.pk == (decision.item.owner_id or decision.item.author_id)


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
    """Say what was decided, and when it is looked at again: the same and who is responsible for the text, once it is
    decided; with advice, who decides."""
    return _answers_for(person, decision, Stage.CLOSED) and (not _is_advice(decision) or _decides(person, decision))


@rule("decision.argue")
def may_argue(person: Any, decision: Decision) -> bool:
    """Give a reason for it or against it: who may comment, until it is decided."""
    return decision.stage in (Stage.DRAFT, Stage.OPEN) and may(person, "item.comment", decision.item)


@rule("decision.answer")
def may_answer(person: Any, decision: Decision) -> bool:
    """Answer a reason or an objection: who proposed it or is responsible, and stewards, unless it was cancelled."""
    return _answers_for(person, decision, Stage(decision.stage)) and decision.stage != Stage.CANCELLED


@rule("decision.decide")
def may_decide(person: Any, decision: Decision) -> bool:
    """Answer the opinions that were asked for: who decides alone."""
    return may_answer(person, decision) and _decides(person, decision)


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
