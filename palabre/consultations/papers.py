"""What somebody sends of a screen: read question by question, or said what is missing; nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from palabre.consultations.figures import figure
from palabre.consultations.questions import Option, Question

DOCUMENTS = ".pdf,.txt,.csv,.docx,.xlsx,.pptx,.odt,.ods,.odp"
SHORT, LONG = 300, 5000


class Unfit(ValueError):
    """What was sent is no answer to the question; the message says what to do."""


class Refused(Unfit):
    """A file is not kept; the one that came `before` stays."""

    def __init__(self, sentence: str, before: Any) -> None:
        super().__init__(sentence)
        self.before = before


@dataclass
class Asked:
    """A question as it stands on a screen: what was typed or kept, and what is wrong with it."""

    question: Question
    options: list[Option]
    rows: list[Any]
    value: Any = None
    typed: Any = None
    wrong: str = ""

    @property
    def name(self) -> str:
        return self.question.key

    @property
    def places(self) -> range:
        return range(1, len(self.options) + 1)

    @property
    def shown(self) -> Any:
        """What stands in the field."""
        return self.typed if self.typed is not None else self.value

    @property
    def chosen(self) -> list[str]:
        """The keys that are ticked."""
        value = self.shown
        if isinstance(value, dict):
            return []
        return [str(each) for each in (value if isinstance(value, list) else [value]) if each is not None]

    @property
    def lines(self) -> list[tuple[Option, Any]]:
        """Each row of a matrix, or option of a ranking, with what was chosen for it."""
        value = self.shown
        if self.question.kind == "ranking":
            places = {key: str(n) for n, key in enumerate(value, 1)} if isinstance(value, list) else value or {}
            return [(option, places.get(option.key, "")) for option in self.options]
        given = value if isinstance(value, dict) else {}
        return [(row, given.get(row.key)) for row in self.rows]

    @property
    def accept(self) -> str:
        """Which files a browser offers to choose from."""
        return {"pictures": "image/*", "documents": DOCUMENTS}.get(self.question.accepts, "")

    @property
    def best(self) -> Any:
        return (self.shown or {}).get("best") if isinstance(self.shown, dict) else None

    @property
    def worst(self) -> Any:
        return (self.shown or {}).get("worst") if isinstance(self.shown, dict) else None


@dataclass
class Paper:
    """A screen of questions; `said` are the answers that were understood."""

    asked: list[Asked]
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def wrong(self) -> list[Asked]:
        return [each for each in self.asked if each.wrong]

    @property
    def encloses(self) -> bool:
        """Whether a file can come with it."""
        return any(each.question.kind == "file" for each in self.asked)


def filled(screen: Sequence[Question], said: dict[str, Any], seed: str) -> Paper:
    """The screen with what was kept."""
    return Paper([_asked(each, seed, said.get(each.key)) for each in screen], {})


def sent(screen: Sequence[Question], data: QueryDict, seed: str, enclosed: Mapping[str, Any] | None = None) -> Paper:
    """The screen with what was sent; what is missing or meaningless is said beside it. `enclosed` is what came of
    files, by question: what is kept of one, or the Refused that says why it is not.
    """
    paper = Paper([])
    for question in screen:
        asked = _asked(question, seed)
        try:
            value = _file(question, enclosed or {}) if question.kind == "file" else READ[question.kind](question, data)
        except Unfit as unfit:
            asked.wrong, asked.typed = str(unfit), _typed(question, data)
            if isinstance(unfit, Refused) and unfit.before:
                asked.value = paper.said[question.key] = unfit.before
        else:
            if value is None and question.required:
                asked.wrong, asked.typed = _missing(question), _typed(question, data)
            else:
                asked.value = value
                paper.said[question.key] = value
        paper.asked.append(asked)
    return paper


def _asked(question: Question, seed: str, value: Any = None) -> Asked:
    return Asked(question, question.ordered(seed), question.ordered_rows(seed), value)


def _missing(question: Question) -> str:
    return {
        "choice": _("Choose one."),
        "picture": _("Choose one."),
        "several": _("Tick at least one."),
        "rating": _("Choose a mark."),
        "number": _("Write a number, in figures."),
        "bestworst": _("Choose one on each side."),
        "matrix": _("Choose one in each line."),
        "ranking": _("Give each a place."),
        "date": _("Choose a day."),
        "file": _("Choose a file."),
    }.get(question.kind, _("Write a few words."))


def _typed(question: Question, data: QueryDict) -> Any:
    key = question.key
    if question.kind == "several":
        return data.getlist(key)
    if question.kind == "matrix":
        return {row.key: data.get(f"{key}-{row.key}", "") for row in question.rows}
    if question.kind == "ranking":
        return {each.key: data.get(f"{key}-{each.key}", "") for each in question.options}
    if question.kind == "bestworst":
        return {side: data.get(f"{key}-{side}", "") for side in ("best", "worst")}
    return data.get(key, "")


def _word(data: QueryDict, name: str) -> str:
    return str(data.get(name) or "").replace("\x00", "").strip()


def _choice(question: Question, data: QueryDict) -> Any:
    key = _word(data, question.key)
    return key if question.option(key) else None


def _several(question: Question, data: QueryDict) -> Any:
    given = set(data.getlist(question.key))
    return [each.key for each in question.options if each.key in given] or None


def _rating(question: Question, data: QueryDict) -> Any:
    typed = _word(data, question.key)
    return int(typed) if re.fullmatch(r"-?\d{1,3}", typed, re.ASCII) and int(typed) in question.scale else None


def _ranking(question: Question, data: QueryDict) -> Any:
    typed = {each.key: _word(data, f"{question.key}-{each.key}") for each in question.options}
    if not any(typed.values()):
        return None
    places = [int(place) if re.fullmatch(r"\d{1,3}", place, re.ASCII) else 0 for place in typed.values()]
    if sorted(places) != list(range(1, len(typed) + 1)):
        raise Unfit(_("Give each a place of its own, from 1 for the first."))
    return [key for _place, key in sorted(zip(places, typed, strict=True))]


def _matrix(question: Question, data: QueryDict) -> Any:
    given = {row.key: _word(data, f"{question.key}-{row.key}") for row in question.rows}
    known = {row: key for row, key in given.items() if question.option(key)}
    if known and len(known) < len(given) and question.required:
        raise Unfit(_missing(question))
    return known or None


def _number(question: Question, data: QueryDict) -> Any:
    typed = _word(data, question.key)
    if not typed:
        return None
    value = figure(typed)
    if value is None:
        raise Unfit(_("Write a number, in figures."))
    if question.part and value < 0:
        raise Unfit(_("Write a price of 0 or more."))
    return value


def _date(question: Question, data: QueryDict) -> Any:
    typed = _word(data, question.key)
    if not typed:
        return None
    try:
        day = parse_date(typed)
    except ValueError:
        day = None
    if day is None:
        raise Unfit(_("Write a day that the calendar has."))
    return day.isoformat()


def _text(question: Question, data: QueryDict) -> Any:
    typed = _word(data, question.key)
    most = LONG if question.kind == "essay" else SHORT
    if len(typed) > most:
        raise Unfit(_("Say it in %(number)s characters at most.") % {"number": number_format(most)})
    return typed or None


def _bestworst(question: Question, data: QueryDict) -> Any:
    best, worst = _word(data, f"{question.key}-best"), _word(data, f"{question.key}-worst")
    if not question.option(best) or not question.option(worst):
        return None
    if best == worst:
        raise Unfit(_("One and the same cannot be both: choose another one on one side."))
    return {"best": best, "worst": worst}


def _file(question: Question, enclosed: Mapping[str, Any]) -> Any:
    came = enclosed.get(question.key)
    if isinstance(came, Unfit):
        raise came
    return came


PRICES = ("too_cheap", "cheap", "expensive", "too_expensive")
READ = {
    "choice": _choice, "picture": _choice, "several": _several, "rating": _rating, "ranking": _ranking,
    "matrix": _matrix, "number": _number, "date": _date, "text": _text, "essay": _text, "bestworst": _bestworst,
}  # fmt: skip
