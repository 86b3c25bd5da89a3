"""What somebody had said when it could no longer be taken: given back in words, to be copied and sent otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from palabre.consultations.papers import sent
from palabre.consultations.questions import Question


@dataclass(frozen=True)
class Rescued:
    """What was said to one question, a line each."""

    title: Any
    lines: list[str]


def told(questions: Iterable[Question], said: Mapping[str, Any], data: QueryDict) -> list[Rescued]:
    """All that was `said` before, and what comes now, which goes first; of files nothing, for they stay where they were
    chosen."""
    names = set(data)
    asked = [each for each in questions if each.kind != "file"]
    now = [each for each in asked if any(name == each.key or name.startswith(f"{each.key}-") for name in names)]
    values = {**said} | {each.name: each.shown for each in sent(now, data, "").asked}
    found = [Rescued(each, _in_words(each, values.get(each.key))) for each in asked]
    return [each for each in found if each.lines]


def _in_words(question: Question, value: Any) -> list[str]:
    if isinstance(value, Mapping):
        named = {each.key: str(each) for each in (*question.rows, *question.options)}
        return [f"{named.get(key, key)} · {_title(question, each)}" for key, each in value.items() if each != ""]
    if isinstance(value, list):
        return [_title(question, each) for each in value]
    if value is None or value == "":
        return []
    return [" ".join(filter(None, (_title(question, value), question.unit)))]


def _title(question: Question, value: Any) -> str:
    option = question.option(value)
    return str(option) if option else str(value)
