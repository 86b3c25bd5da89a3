"""Marks and single questions summed up: scores of satisfaction, and whatever any question was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from palabre.consultations import charts
from palabre.consultations.questions import Question
from palabre.consultations.telling import Row, Section, Spoken, Table, between, cells, heads, percent, plain, span
from palabre.measuring import scores, themes
from palabre.measuring.intervals import Share, mean

Said = Mapping[str, Any]
SHOWN = 60  # texts of a theme
FILES = 200  # of a question


def _given(said: Sequence[Said], key: str) -> list[Any]:
    return [each[key] for each in said if each.get(key) is not None]


def _whole_range(low: str, high: str) -> str:
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def recommend(title: str, questions: Sequence[Question], said: Sequence[Said], _told: Said) -> list[Section]:
    """The net promoter score."""
    found = scores.promoters(_given(said, "recommend"))
    section = Section(title, found.number)
    low, high = found.interval.low, found.interval.high
    section.reading.append(
        _("The score is %(score)s; with %(number)s answers it lies between %(low)s and %(high)s.")
        % {"score": _signed(found.score), "number": found.number, "low": _signed(low), "high": _signed(high)}
    )
    if low > 0:
        section.reading.append(_("More people would recommend it than warn of it, and that is sure."))
    elif high < 0:
        section.reading.append(_("More people would warn of it than recommend it, and that is sure."))
    else:
        section.reading.append(_("Whether more would recommend it than warn of it cannot be said from so few."))
    shares = (
        (_("Would recommend it (9 and 10)"), found.promoters),
        (_("In between (7 and 8)"), found.passives),
        (_("Would not (0 to 6)"), found.detractors),
    )
    section.table = _shares([(name, Share(part, found.number)) for name, part in shares])
    section.table.rows.append(
        Row(pgettext("a figure", "Score"), ["", _signed(found.score), _whole_range(_signed(low), _signed(high))],
            charts.around(found.score, found.interval, whole=100.0), strong=True)
    )  # fmt: skip
    return [section]


def _signed(number: float) -> str:
    return f"+{plain(number)}" if round(number) > 0 else plain(number).replace("-", "−")


def satisfaction(title: str, questions: Sequence[Question], said: Sequence[Said], _told: Said) -> list[Section]:
    """CSAT."""
    ratings = _given(said, "satisfied")
    found = scores.satisfied(ratings)
    section = Section(title, len(ratings))
    section.reading.append(
        _("%(share)s are content (4 or 5 of 5); with %(number)s answers it lies between %(between)s.")
        % {"share": percent(found.value), "number": found.whole, "between": between(found.interval)}
    )
    section.table = _marks(ratings, range(5, 0, -1))
    return [section]


def effort(title: str, questions: Sequence[Question], said: Sequence[Said], _told: Said) -> list[Section]:
    """CES."""
    ratings = _given(said, "effort")
    found = scores.effort(ratings)
    section = Section(title, len(ratings))
    section.reading.append(
        _("On average people give ease %(mean)s of 7; with %(number)s answers it lies between %(between)s.")
        % {"mean": plain(found.value, 1), "number": found.number, "between": span(found.interval, 1)}
    )
    section.table = _marks(ratings, range(7, 0, -1))
    return [section]


def _marks(ratings: Sequence[int], scale: Sequence[int]) -> Table:
    return _shares([(str(mark), Share(ratings.count(mark), len(ratings))) for mark in scale])


def _shares(rows: Sequence[tuple[Any, Share]], of: Any = "") -> Table:
    return Table(
        of or pgettext("a noun", "Answer"),
        heads(),
        [Row(name, cells(share), charts.bar(share.value, share.interval)) for name, share in rows],
    )


def of_question(question: Question, said: Sequence[Said]) -> Section | None:
    """What any question was answered, whatever the method."""
    given = _given(said, question.key)
    section, number = Section(str(question), len(given)), len(given)
    match question.kind:
        case "choice" | "picture":
            section.table = _shares([(str(o), Share(given.count(o.key), number)) for o in question.options])
        case "several":
            section.table = _shares(
                [(str(o), Share(sum(o.key in each for each in given), number)) for o in question.options]
            )
            section.notes.append(_("Several could be ticked, so the shares add up to more than 100 %."))
        case "rating":
            section.table = _marks(given, question.scale)
            told = mean(given)
            section.reading.append(
                _("On average %(mean)s, between %(between)s.")
                % {"mean": plain(told.value, 1), "between": span(told.interval, 1)}
            )
        case "number":
            told = mean(given)
            section.reading.append(
                _("On average %(mean)s, between %(between)s.")
                % {"mean": plain(told.value, 1), "between": span(told.interval, 1)}
            )
        case "ranking":
            ranked: list[tuple[float, Row]] = []
            for option in question.options:
                places = mean([each.index(option.key) + 1 for each in given if option.key in each])
                ranked.append((places.value, Row(str(option), [plain(places.value, 1), span(places.interval, 1)])))
            ordered = [row for _place, row in sorted(ranked, key=lambda each: each[0])]
            section.table = Table(pgettext("a noun", "Answer"), [_("Place on average"), _("Between (95 %)")], ordered)
        case "matrix":
            rows = [
                Row(str(row), [
                    percent(sum(each.get(row.key) == option.key for each in given) / number) if number else "–"
                    for option in question.options
                ])
                for row in question.rows
            ]  # fmt: skip
            section.table = Table(pgettext("a noun", "Answer"), [str(option) for option in question.options], rows)
        case "date":
            days = sorted(set(given))
            section.table = _shares([(day, Share(given.count(day), number)) for day in days[:40]])
        case "file":
            section.files = sorted(given, key=lambda each: str(each["file"]))[:FILES]
            section.notes.append(_("Only those who asked can open the files."))
        case "text" | "essay":
            section.texts = [_spoken(theme) for theme in themes.group(given)]
    return section


def _spoken(theme: themes.Theme) -> Spoken:
    """In an order that tells nothing of when it was said, nor by whom."""
    texts = sorted(Counter(theme.texts).items(), key=lambda each: (-each[1], len(each[0]), each[0]))
    return Spoken(theme.word, len(theme.texts), texts[:SHOWN], max(0, len(texts) - SHOWN))
