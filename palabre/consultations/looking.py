"""What pages show of results: read at once where answers are few; of many, what the worker has kept.

What was kept of an open consultation may tell of fewer answers than could be told by now, never of more: each was taken
from whole batches, so that two looks, however old, differ by no fewer than the floor (see `results`). Once it is
closed nothing changes any more.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import get_language

from palabre.consultations import freezing, opinions, results, tasks
from palabre.consultations.keeping import MANY, MAP
from palabre.consultations.models import Consultation, Kept, Stage
from palabre.consultations.opinions import Drawn
from palabre.consultations.results import Results
from palabre.consultations.words import LANGUAGES
from palabre.journal.waiting import ask_once
from palabre.kit.clock import now

STEP = 100  # answers after which the worker reads again, while they arrive
PATIENCE = 20  # seconds in which it does so once


def of(consultation: Consultation, side: str = "all") -> Results:
    """What a page tells: read now, or kept; `pending` when it is being read for the first time."""
    number = results.told_of(consultation)
    if number < MANY:
        return results.of(consultation, side)
    asked = {row.side: row for row in _kept(consultation).filter(side__in={side, "all"})}
    kept = asked.get(side) or asked.get("all")
    if kept is None or (kept.number, kept.title) != (number, consultation.item.title):
        ask(consultation)
    if kept is None:
        return Results(number, consultation.sent, consultation.floor, pending=True)
    sections = [freezing.section(each) for each in kept.found["sections"]]
    sides = tuple(kept.found["sides"])
    return Results(kept.number, consultation.sent, consultation.floor, kept.side, sides, sections)


def map_of(consultation: Consultation) -> Drawn:
    """The map of opinions, in the same way."""
    if consultation.stage != Stage.CLOSED or consultation.sent < MANY:
        return opinions.drawn(consultation)
    kept = _kept(consultation).filter(side=MAP).first()
    if kept is None or kept.number != consultation.sent:
        ask(consultation)
        return Drawn(consultation.sent, consultation.floor, True, [], pending=True)
    return freezing.drawn(kept.found)


def _kept(consultation: Consultation) -> Any:
    return Kept.objects.filter(consultation=consultation, language=_language())


def _language() -> str:
    asked = (get_language() or "")[:2]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def ask(consultation: Consultation) -> None:
    """Has the worker read it, in the caller's transaction; at once, unless it has just done so."""
    late = now() - timedelta(seconds=PATIENCE)
    fresh = consultation.stage == Stage.OPEN and consultation.kept_results.filter(at__gt=late).exists()
    ask_once(tasks.read, PATIENCE if fresh else 0, about=consultation.pk, consultation=consultation.pk)


def soon(consultation: Consultation) -> None:
    """One more answer was sent, perhaps the one after which many are worth reading again."""
    if consultation.sent >= MANY and consultation.sent % STEP == 0:
        ask_once(tasks.read, PATIENCE, about=consultation.pk, consultation=consultation.pk)
