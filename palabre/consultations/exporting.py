"""Single answers carried away: as a sheet that a spreadsheet opens and people read, and as data for programs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palabre.consultations import looking, results
from palabre.consultations.models import Consultation
from palabre.consultations.questions import Option, Question, read
from palabre.consultations.results import SIDES
from palabre.consultations.telling import Table
from palabre.consultations.words import say

FORMULA = ("=", "+", "-", "@", "\t", "\r")
Said = Mapping[str, Any]
Column = tuple[str, Callable[[Said], Any]]  # its head, and what of an answer stands under it


def sheet(consultation: Consultation) -> str:
    """A line an answer, in the reader's words. Where numbers have a comma, semicolons stand between columns, as the
    spreadsheets of that language expect it.
    """
    is_comma = (get_language() or "").startswith("fr")
    columns = list(_columns(consultation))
    written = StringIO()
    table = csv.writer(written, delimiter=";" if is_comma else ",")
    table.writerow([_cell(head, is_comma) for head, _value in columns])
    for said in results.rows(consultation):
        table.writerow([_cell(value(said), is_comma) for _head, value in columns])
    return "\ufeff" + written.getvalue()


def data(consultation: Consultation) -> dict[str, Any]:
    """What was asked, each answer by the keys of the questions, and what results tell of each side."""
    return {
        "title": consultation.item.title,
        "method": consultation.method,
        "questions": consultation.questions,
        "variants": consultation.variants,
        "told": consultation.told,
        "statements": {str(each.pk): each.text for each in consultation.statements.standing()},
        "answers": results.rows(consultation),
        "results": {} if consultation.is_map else _figures(consultation),
    }


def _figures(consultation: Consultation) -> dict[str, Any]:
    """Of everybody, and of each side where it is told apart."""
    whole = looking.of(consultation)
    every = {side: whole if side == whole.side else looking.of(consultation, side) for side in whole.sides or SIDES[:1]}
    return {
        side: [
            {"title": str(each.title), "number": each.number, "reading": each.reading, "table": _plainly(each.table)}
            for each in found.sections
        ]
        for side, found in every.items()
    }


def _plainly(table: Table | None) -> list[list[Any]]:
    if table is None:
        return []
    return [[str(table.of), *map(str, table.heads)], *([str(row.title), *row.cells] for row in table.rows)]


def _columns(consultation: Consultation) -> Iterator[Column]:
    if consultation.is_map:
        for each in consultation.statements.standing():
            yield each.text, _at(str(each.pk))
        return
    if consultation.variants:
        names = {each["key"]: say(each["title"]) for each in consultation.variants}
        yield _("What was drawn"), lambda said: names.get(said["cell"], "")
    for number, question in enumerate(read(consultation.questions), 1):
        yield from _of_question(f"{number}. {question}", question, consultation.pk)


def _of_question(head: str, question: Question, consultation: int) -> Iterator[Column]:
    """A column, or one for each of what was chosen among, so that a sheet can count and sort."""
    key = question.key
    match question.kind:
        case "several":
            for option in question.options:
                yield f"{head} · {option}", _ticked(key, option)
        case "ranking":
            for option in question.options:
                yield f"{head} · {option}", _placed(key, option)
        case "matrix":
            for row in question.rows:
                yield f"{head} · {row}", _chosen(question, row.key)
        case "bestworst":
            yield f"{head} · {_('Most')}", _chosen(question, "best")
            yield f"{head} · {_('Least')}", _chosen(question, "worst")
        case "choice" | "picture":
            yield head, lambda said: _title(question, said.get(key))
        case "file":
            yield head, lambda said: _address(consultation, said.get(key))
        case _:
            yield head, _at(key)


def _at(key: str) -> Callable[[Said], Any]:
    return lambda said: said.get(key)


def _ticked(key: str, option: Option) -> Callable[[Said], Any]:
    return lambda said: None if said.get(key) is None else int(option.key in said[key])


def _placed(key: str, option: Option) -> Callable[[Said], Any]:
    return lambda said: said[key].index(option.key) + 1 if option.key in (said.get(key) or ()) else None


def _chosen(question: Question, name: str) -> Callable[[Said], Any]:
    return lambda said: _title(question, (said.get(question.key) or {}).get(name))


def _title(question: Question, key: Any) -> str:
    return str(question.option(key) or "")


def _address(consultation: int, file: Mapping[str, Any] | None) -> str:
    if file is None:
        return ""
    return settings.ADDRESS + reverse("consultations:enclosure", args=(consultation, file["file"], file["name"]))


def _cell(value: Any, is_comma: bool) -> Any:
    """What a spreadsheet shows as it was written, and never runs as a formula."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, float) and is_comma:
        return repr(value).replace(".", ",")
    return value
