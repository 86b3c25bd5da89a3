"""Single questions summed up: whatever any of them was answered, whatever the method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

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
from palabre.kit.shares import percent
from palabre.measuring import themes
from palabre.measuring.intervals import Share, mean

SHOWN = 60  # texts of a theme
FILES = 200  # of a question


def of_question(question: Question, said: Sequence[Said]) -> Section:
    """What any question was answered, whatever the method."""
    answers = given(said, question.key)
    section, number = Section(str(question), len(answers)), len(answers)
    match question.kind:
        case "choice" | "picture":
            section.table = shares([(str(o), Share(answers.count(o.key), number)) for o in question.options])
            for row, option in zip(section.table.rows, question.options, strict=True):
                row.picture = option.picture
        case "several":
            section.table = shares(
                [(str(o), Share(sum(o.key in each for each in answers), number)) for o in question.options]
            )
            section.notes.append(_("Several could be ticked, so the shares add up to more than 100%."))
        case "rating":
            section.table = marks(answers, question.scale)
            section.reading.append(_on_average(answers))
        case "number":
            section.reading.append(_on_average(answers))
        case "ranking":
            ranked: list[tuple[float, Row]] = []
            for option in question.options:
                places = mean([each.index(option.key) + 1 for each in answers if option.key in each])
                ranked.append((places.value, Row(str(option), [plain(places.value, 1), span(places.interval, 1)])))
            ordered = [row for _place, row in sorted(ranked, key=lambda each: each[0])]
            section.table = Table(pgettext("a noun", "Answer"), [_("Place on average"), _("Between (95%)")], ordered)
        case "matrix":
            rows = [
                Row(str(row), [
                    percent(sum(each.get(row.key) == option.key for each in answers) / number) if number else "–"
                    for option in question.options
                ])
                for row in question.rows
            ]  # fmt: skip
            section.table = Table(
                pgettext("a noun", "Answer"), [str(option) for option in question.options], rows, wide=True
            )
        case "date":
            days = sorted(set(answers))
            section.table = shares([(day, Share(answers.count(day), number)) for day in days[:40]])
        case "file":
            section.files = sorted(answers, key=lambda each: str(each["file"]))[:FILES]
            section.notes.append(_("Only those who asked can open the files."))
        case "text" | "essay":
            section.texts = [_spoken(theme) for theme in themes.group(answers)]
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


def _spoken(theme: themes.Theme) -> Spoken:
    """In an order that tells nothing of when it was said, nor by whom."""
    texts = sorted(Counter(theme.texts).items(), key=lambda each: (-each[1], len(each[0]), each[0]))
    return Spoken(theme.word, len(theme.texts), texts[:SHOWN], max(0, len(texts) - SHOWN))
