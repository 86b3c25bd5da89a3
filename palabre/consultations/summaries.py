"""Single questions summed up: whatever any of them was answered, whatever the method."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from palabre.consultations import charts
from palabre.consultations.questions import Question, Said, given
from palabre.consultations.telling import (
    Row,
    Section,
    Spoken,
    Table,
    alike,
    inside,
    marks,
    plain,
    shares,
    span,
    tenths,
)
from palabre.consultations.words import language_of
from palabre.kit.shares import percent
from palabre.kit.times import day_and_year
from palabre.measuring import themes
from palabre.measuring.intervals import Share, mean

SHOWN = 60  # texts of a theme
NUMBERS, DAYS = 8, 12  # that differ, each told by itself
FILES = 200  # of a question


def of_question(question: Question, said: Sequence[Said]) -> Section:
    """What any question was answered, whatever the method."""
    answers = given(said, question.key)
    number = len(answers)
    section = Section(str(question), number, language=language_of(question.title))
    match question.kind:
        case "choice" | "picture":
            section.table = shares([(str(o), Share(answers.count(o.key), number)) for o in question.options])
        case "several":
            section.table = shares(
                [(str(o), Share(sum(o.key in each for each in answers), number)) for o in question.options]
            )
            section.notes.append(_("Several could be ticked, so the shares can add up to more than 100%."))
        case "rating":
            section.table = marks(answers, question)
            section.reading.append(_on_average(answers))
        case "number":
            section.reading += _in_the_middle(answers)
            section.table = _spread(answers)
        case "ranking":
            ranked: list[tuple[float, Row]] = []
            for option in question.options:
                places = mean([each.index(option.key) + 1 for each in answers if option.key in each])
                told_of = [plain(places.value, 1, all_alike=True), span(places.interval, 1, all_alike=True)]
                ranked.append((places.value, Row(str(option), told_of, language=language_of(option.title))))
            ordered = [row for _place, row in sorted(ranked, key=lambda each: each[0])]
            section.table = Table(pgettext("a noun", "Answer"), [_("Place on average"), _("Between (95%)")], ordered)
        case "matrix":
            section.table = _lines(question, answers)
        case "date":
            section.table = _days([date.fromisoformat(each) for each in answers])
        case "file":
            section.files = sorted(answers, key=lambda each: str(each["file"]))[:FILES]
            section.notes.append(_("Only those who asked can open the files."))
        case "text" | "essay":
            section.texts = [_spoken(theme) for theme in themes.group(answers)]
    if question.kind in ("choice", "picture", "several") and section.table:
        for row, option in zip(section.table.rows, question.options, strict=True):
            row.language, row.picture = language_of(option.title), option.picture
    if question.part_asked:
        section.notes.append(f"{question.part_asked}.")
    return section


def _on_average(numbers: Sequence[float]) -> str:
    told = mean(numbers)
    return alike(numbers) or _("On average %(mean)s; with %(number)s answers it lies between %(between)s.") % {
        "mean": tenths(told.value),
        "number": told.number,
        "between": inside(told.interval, tenths),
    }


def _in_the_middle(numbers: Sequence[float]) -> list[str]:
    """The mean, and the median, which one that lies far out does not move."""
    told = [_on_average(numbers)]
    if len(set(numbers)) > 1:
        told.append(_("Half of the answers are %(median)s or less.") % {"median": plain(median(numbers), 2)})
    return told


def _spread(numbers: Sequence[float]) -> Table:
    """How often each number was given; of many, how often one between two round ones. What lies far out has no class of
    its own.
    """
    number, told = len(numbers), sorted(set(numbers))
    if len(told) <= NUMBERS:
        return shares([(plain(each, 6), Share(numbers.count(each), number)) for each in told])
    ordered = sorted(numbers)
    edges = charts.round_numbers(ordered[number // 20], ordered[-1 - number // 20])
    places = Counter(bisect_right(edges, each) for each in numbers)
    names = [
        _("less than %(high)s") % {"high": plain(edges[0], 2)},
        *(_("%(low)s to less than %(high)s") % {"low": plain(low, 2), "high": plain(high, 2)}
          for low, high in pairwise(edges)),
        _("%(low)s or more") % {"low": plain(edges[-1], 2)},
    ]  # fmt: skip
    return shares([(name, Share(places[place], number)) for place, name in enumerate(names)])


def _days(days: Sequence[date]) -> Table:
    """How often each day was given; of many, each month or each year, none left out."""
    told = list(days)
    named: Callable[[date], str] = day_and_year
    if len(set(told)) > DAYS:
        told, named = [day.replace(day=1) for day in days], lambda month: date_format(month, "YEAR_MONTH_FORMAT")
    if len(set(told)) > 2 * DAYS:
        told, named = [day.replace(month=1, day=1) for day in days], lambda year: date_format(year, "Y")
    return shares([(named(day), Share(times, len(days))) for day, times in sorted(Counter(told).items())])


def _lines(question: Question, answers: Sequence[Mapping[str, str]]) -> Table:
    """Of each line of a matrix, what was chosen; and how many left it open, where some did."""
    number, keys = len(answers), [option.key for option in question.options]
    heads = [str(option) for option in question.options]
    if any(line.key not in each for each in answers for line in question.rows):
        keys.append("")
        heads.append(_("Left open"))
    rows = []
    for line in question.rows:
        chosen = Counter(each.get(line.key, "") for each in answers)
        told = [percent(chosen[key] / number) if number else "–" for key in keys]
        rows.append(Row(str(line), told, language=language_of(line.title)))
    return Table(pgettext("a noun", "Answer"), heads, rows, wide=True)


def _spoken(theme: themes.Theme) -> Spoken:
    """In an order that tells nothing of when it was said, nor by whom."""
    texts = sorted(Counter(theme.texts).items(), key=lambda each: (-each[1], len(each[0]), each[0]))
    return Spoken(theme.word, len(theme.texts), texts[:SHOWN], max(0, len(texts) - SHOWN))
