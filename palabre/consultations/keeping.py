"""Results of many answers, and large maps, are read by the worker in each language and kept (see `looking`)."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django.utils.translation import override

from palabre.consultations import opinions, results
from palabre.consultations.models import Consultation, Kept, Stage
from palabre.consultations.results import SIDES
from palabre.consultations.words import LANGUAGES
from palabre.kit.clock import now

MANY = 400  # answers of which no page waits for the reading
MAP = "map"


def read(consultation: Consultation) -> None:
    """Reads all that pages may ask for, in each language, and keeps it."""
    if results.told_of(consultation) < MANY:
        return
    for language in LANGUAGES:
        with override(language):
            if consultation.is_map:
                _keep_map(consultation, language)
                continue
            whole = results.of(consultation)
            for side in whole.sides or SIDES[:1]:
                found = whole if side == whole.side else results.of(consultation, side)
                told = {"sections": [asdict(each) for each in found.sections], "sides": found.sides}
                _keep(consultation, side, language, found.number, told)


def _keep_map(consultation: Consultation, language: str) -> None:
    if consultation.stage == Stage.CLOSED:
        found = opinions.drawn(consultation)
        _keep(consultation, MAP, language, found.number, asdict(replace(found, standing=[])))


def _keep(consultation: Consultation, side: str, language: str, number: int, found: Any) -> None:
    Kept.objects.update_or_create(
        consultation=consultation, side=side, language=language,
        defaults={"number": number, "title": consultation.item.title, "found": found, "at": now()},
    )  # fmt: skip
