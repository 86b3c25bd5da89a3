"""What one may do with a consultation beside what one may do with any item."""

from typing import Any

from palabre.consultations.models import Consultation, Stage, Who
from palabre.items.models import State
from palabre.kit.clock import now
from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR


def _shapes(person: Any, consultation: Consultation, *stages: Stage) -> bool:
    item = consultation.item
    current = item.state == State.PUBLISHED and not item.space.archived_at
    return current and consultation.stage in stages and may(person, "item.shape", item)


def _answers_for(person: Any, consultation: Consultation, *stages: Stage) -> bool:
    """As `_shapes`, and whoever is responsible for the text, who need not have written it nor look after the space."""
    item = consultation.item
    if person is OPERATOR or item.owner_id is None or item.owner_id != person.pk:
        return _shapes(person, consultation, *stages)
    return item.state == State.PUBLISHED and not item.space.archived_at and consultation.stage in stages


@rule("consultation.prepare")
def may_prepare(person: Any, consultation: Consultation) -> bool:
    """Say what is asked, and open it: who wrote it, and stewards, until it is open."""
    return _shapes(person, consultation, Stage.DRAFT)


@rule("consultation.place")
def may_place(person: Any, consultation: Consultation) -> bool:
    """Say what of an offer it is about: the same, at any stage."""
    return _shapes(person, consultation, *Stage)


@rule("consultation.steer")
def may_steer(person: Any, consultation: Consultation) -> bool:
    """Ask people, make links of invitation, hide a statement, close it: the same, while it is open."""
    return _shapes(person, consultation, Stage.OPEN)


@rule("consultation.return")
def may_return(person: Any, consultation: Consultation) -> bool:
    """Return the results, with what will be done, or leave it at that: the same and who is responsible for the text,
    once it is closed."""
    return _answers_for(person, consultation, Stage.CLOSED)


@rule("consultation.export")
def may_export(person: Any, consultation: Consultation) -> bool:
    """Carry single answers away: the same, from when it is open."""
    return consultation.stage != Stage.DRAFT and may(person, "item.shape", consultation.item)


@rule("consultation.results")
def may_read_results(person: Any, consultation: Consultation) -> bool:
    """See the results: whoever asked or returns them, and once they are returned, whoever reads it."""
    asked = may_export(person, consultation) or may_return(person, consultation)
    return consultation.returned_at is not None or asked


@rule("consultation.answer")
def may_answer(person: Any, consultation: Consultation) -> bool:
    """Answer while it is open: whoever reads it, people without an account too where they do; or only who was asked.

    Who has a link of invitation shows it (`seats`), which no rule can see.
    """
    if person is OPERATOR or getattr(person, "is_bot", False) or not is_taking(consultation):
        return False
    if consultation.who == Who.INVITED:
        return person.pk is not None and consultation.seats.filter(person=person.pk, asked=True).exists()
    return True


def is_taking(consultation: Consultation) -> bool:
    """Whether answers are taken now: it is open, and neither it nor its space is archived."""
    closes, item = consultation.closes_at, consultation.item
    current = item.state == State.PUBLISHED and not item.space.archived_at
    return current and consultation.stage == Stage.OPEN and closes is not None and closes > now()
