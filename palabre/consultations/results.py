"""The results of a consultation, told of no fewer than its floor, and so that no two looks can be subtracted.

Answers come into results in batches as large as the floor, and while it is open the last whole batch is held back: what
is added between two looks, and at the end, is never fewer than the floor. Inside and outside are told apart once it is
closed, when both are as many. Texts are in an order that tells nothing of who wrote them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from palabre.consultations.models import Consultation, ResponseQuerySet, Stage, State
from palabre.consultations.questions import read
from palabre.consultations.readings import READERS
from palabre.consultations.summaries import of_question
from palabre.consultations.telling import Section
from palabre.people.models import Side

SIDES = ("all", "inside", "outside")
Said = list[dict[str, Any]]


@dataclass
class Results:
    """number: how many answers are told of; sent: how many there are. sides: of whom one can ask apart. pending: it is
    being read, and comes in a moment (see `keeping`).
    """

    number: int
    sent: int
    floor: int
    side: str = "all"
    sides: tuple[str, ...] = ()
    sections: list[Section] = field(default_factory=list)
    pending: bool = False

    @property
    def too_few(self) -> bool:
        return self.number < self.floor

    @property
    def least(self) -> int:
        """From how many on they are told while it is open, the last batch being held back."""
        return 2 * self.floor

    @property
    def told_or_sent(self) -> int:
        """How many are told of; where that is none yet, how many have come."""
        return self.sent if self.too_few else self.number


def told_of(consultation: Consultation) -> int:
    """Of how many responses results may be told now, without looking at them."""
    if consultation.stage != Stage.CLOSED:
        return consultation.floor * max(0, consultation.sent // consultation.floor - 1)
    return consultation.sent if consultation.sent >= consultation.floor else 0


def shown(consultation: Consultation) -> ResponseQuerySet:
    """The responses of which results may be told now."""
    sent = consultation.responses.filter(state=State.SENT)
    if consultation.stage != Stage.CLOSED:
        return sent.filter(batch__lt=max(0, consultation.sent // consultation.floor - 1))
    return sent if consultation.sent >= consultation.floor else sent.none()


def of(consultation: Consultation, side: str = "all") -> Results:
    """What was answered, on that side if it may be told apart."""
    kept = list(shown(consultation).order_by("pk").values_list("side", "said"))
    inside = [said for whose, said in kept if whose == Side.COMPANY]
    outside = [said for whose, said in kept if whose != Side.COMPANY]
    floor = consultation.floor
    apart = consultation.stage == Stage.CLOSED and min(len(inside), len(outside)) >= floor
    parts = {"inside": (inside, outside), "outside": (outside, inside)}.get(side) if apart else None
    side = side if parts is not None else "all"
    found = Results(len(kept), consultation.sent, floor, side, SIDES if apart else (), [])
    if not found.too_few:
        found.sections = _sections(consultation, [said for _whose, said in kept])
        if parts is not None:
            found.sections = _of_side(consultation, *parts, found.sections)
    return found


def _of_side(consultation: Consultation, said: Said, others: Said, whole: list[Section]) -> list[Section]:
    """What one side said. Of the others, too few may have answered some question: what this side answered there, taken
    from what everybody did, would tell of them, and so nothing is told of either.
    """
    told = _sections(consultation, said)
    for section, theirs, all_ in zip(told, _sections(consultation, others), whole, strict=True):
        if 0 < theirs.number < consultation.floor or section.number + theirs.number != all_.number:
            _withhold(section, consultation.floor)
    return told


def _sections(consultation: Consultation, said: Said) -> list[Section]:
    questions = read(consultation.questions)
    told = {**consultation.told, "variants": consultation.variants, "floor": consultation.floor}
    sections: list[Section] = []
    if reader := READERS.get(consultation.method):
        sections += reader(consultation.item.title, questions, said, told)
    sections += [of_question(question, said) for question in questions if not question.part]
    for section in sections:
        if section.number < consultation.floor:
            _withhold(section, consultation.floor)
    return sections


def _withhold(section: Section, floor: int) -> None:
    """Too few answered this question: nothing of it is told, but that many contradicted themselves."""
    section.too_few = True
    section.notes = section.notes[:1] if section.incoherent >= floor else []
    section.reading, section.texts, section.files = [], [], []
    section.table = section.lines = section.plane = None


def rows(consultation: Consultation) -> list[dict[str, Any]]:
    """Single answers, for an export, without whose they are nor on which side they stand: as many as results tell of,
    in no order. Of what fewer than the floor answered nothing is told here either.
    """
    floor = consultation.floor
    kept = list(shown(consultation).order_by("pk").values_list("cell", "said"))
    if len(kept) < floor:
        return []
    answered = Counter(key for _cell, said in kept for key, value in said.items() if value is not None)
    told = {key for key, number in answered.items() if number >= floor}
    if consultation.is_map:
        told &= {str(key) for key in consultation.statements.standing().values_list("pk", flat=True)}
    return [{"cell": cell, **{key: value for key, value in said.items() if key in told}} for cell, said in kept]
