"""Which features are expected, which delight: Kano."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.consultations import charts
from palabre.consultations.questions import Question, Said
from palabre.consultations.telling import Row, Section, Table, between, percent
from palabre.consultations.words import say
from palabre.measuring import kano
from palabre.measuring.intervals import Share

_QUARTERS = (kano.ATTRACTIVE, kano.ONE_DIMENSIONAL, kano.INDIFFERENT, kano.MUST_BE)
"""Where features of each category lie by how much they please and upset (Berger et al. 1993), from the upper left."""


def features(title: str, questions: Sequence[Question], said: Sequence[Said], told: Said) -> list[Section]:
    """Kano."""
    section, rows, places = Section(title, 0), [], []
    for number, line in enumerate(told.get("lines", ()), 1):
        feature = say(line)
        verdict = kano.judge(_pairs(said, number))
        section.number = max(section.number, verdict.number)
        if verdict.category is None:
            continue
        section.reading.append(_in_words(feature, verdict, verdict.category))
        if verdict.is_questionable:
            section.notes.append(_in_doubt(feature, verdict.counts[kano.QUESTIONABLE]))
        rows.append(_row(f"{number}. {feature}", verdict, verdict.category))
        if verdict.better.whole:
            places.append((verdict.worse.value, verdict.better.value, str(number), ""))
    section.table = Table(
        _("Feature"),
        [_("It is"), _("Answers"), _("Pleases if there (95%)"), _("Upsets if missing (95%)"), _("How many say so")],
        rows,
        wide=True,
    )
    quarters = [_names()[each] for each in _QUARTERS]
    section.plane = charts.plane(places, _("upsets if missing →"), _("pleases if there →"), quarters)
    return [section]


def _pairs(said: Sequence[Said], number: int) -> list[tuple[str, str]]:
    """What each who answered both questions about a feature feels if it is there, and if it is missing."""
    return [
        (each[f"there-{number}"], each[f"missing-{number}"])
        for each in said if each.get(f"there-{number}") and each.get(f"missing-{number}")
    ]  # fmt: skip


def _names() -> dict[str, str]:
    """What each of Kano's categories is called."""
    return {
        kano.MUST_BE: _("Expected"), kano.ONE_DIMENSIONAL: _("The more, the better"), kano.ATTRACTIVE: _("Delights"),
        kano.INDIFFERENT: _("Leaves cold"), kano.REVERSE: _("Not wanted"), kano.QUESTIONABLE: _("Contradictory"),
    }  # fmt: skip


def _in_words(feature: str, verdict: kano.Verdict, category: str) -> str:
    """What a feature is to people, and what else it may be."""
    says = {
        kano.MUST_BE: _("%(feature)s: nobody thanks you for it, and its absence would upset them. Have it."),
        kano.ONE_DIMENSIONAL: _("%(feature)s: the more of it, the more content they are. Do it well."),
        kano.ATTRACTIVE: _("%(feature)s: they do not expect it, and would be glad of it."),
        kano.INDIFFERENT: _("%(feature)s: it leaves them cold. Spend your effort elsewhere."),
        kano.REVERSE: _("%(feature)s: they would rather not have it."),
        kano.QUESTIONABLE: _("%(feature)s: the answers contradict each other."),
    }
    sentence = says[category] % {"feature": feature}
    if verdict.clear or not verdict.second:
        return sentence
    other = _("It may also be “%(other)s”: with so many answers the two cannot be told apart.")
    return f"{sentence} {other % {'other': _names()[verdict.second].lower()}}"


def _in_doubt(feature: str, number: int) -> str:
    """That some would like to have it and to miss it, or neither."""
    return ngettext(
        "%(feature)s: %(number)d answer contradicts itself; perhaps the question was not clear.",
        "%(feature)s: %(number)d answers contradict themselves; perhaps the question was not clear.",
        number,
    ) % {"feature": feature, "number": number}


def _row(title: str, verdict: kano.Verdict, category: str) -> Row:
    names = _names()
    counts = "\u00a0· ".join(f"{names[each]} {verdict.counts[each]}" for each in kano.ORDER if verdict.counts[each])
    return Row(title, [names[category], verdict.number, _share(verdict.better), _share(verdict.worse), counts])


def _share(share: Share) -> str:
    """A share of those whom it concerns, with its bounds; a dash where it concerns nobody."""
    return f"{percent(share.value)} ({between(share.interval)})" if share.whole else "–"
