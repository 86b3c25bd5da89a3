"""Scores that are known by their initials: would they recommend it (NPS), are they content (CSAT), is it easy (CES)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from palabre.consultations import charts
from palabre.consultations.questions import Question, Said, given, of_part
from palabre.consultations.telling import Row, Section, alike, bounds, inside, marks, plain, shares, tenths
from palabre.kit.shares import percent
from palabre.measuring import scores
from palabre.measuring.intervals import Share


def recommend(title: str, questions: Sequence[Question], said: Sequence[Said], _told: Said) -> list[Section]:
    """The net promoter score."""
    found = scores.promoters(given(said, "recommend"))
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
    parts = (
        (_("Would recommend it (9 and 10)"), found.promoters),
        (_("In between (7 and 8)"), found.passives),
        (_("Would not (0 to 6)"), found.detractors),
    )
    section.table = shares([(name, Share(part, found.number)) for name, part in parts])
    section.table.rows.append(
        Row(pgettext("a figure", "Score"), ["", _signed(found.score), bounds(_signed(low), _signed(high))],
            charts.around(found.score, found.interval, whole=100.0), strong=True)
    )  # fmt: skip
    return [section]


def _signed(number: float) -> str:
    return f"+{plain(number)}" if round(number) > 0 else plain(number)


def satisfaction(title: str, questions: Sequence[Question], said: Sequence[Said], _told: Said) -> list[Section]:
    """CSAT."""
    ratings = given(said, "satisfied")
    found = scores.satisfied(ratings)
    section = Section(title, len(ratings))
    section.reading.append(
        _("%(share)s are content (4 or 5 of 5); with %(number)s answers it lies between %(between)s.")
        % {"share": percent(found.value), "number": found.whole, "between": inside(found.interval, percent)}
    )
    section.table = marks(ratings, of_part(questions, "satisfied")[0])
    return [section]


def effort(title: str, questions: Sequence[Question], said: Sequence[Said], _told: Said) -> list[Section]:
    """CES."""
    ratings = given(said, "effort")
    found = scores.effort(ratings)
    section = Section(title, len(ratings))
    section.reading.append(
        alike(ratings)
        or _("On average people give ease %(mean)s of 7; with %(number)s answers it lies between %(between)s.")
        % {"mean": plain(found.value, 1), "number": found.number, "between": inside(found.interval, tenths)}
    )
    section.table = marks(ratings, of_part(questions, "effort")[0])
    return [section]
