"""What matters most of a list, and what least: best-worst scaling."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from palabre.consultations import charts
from palabre.consultations.questions import Question, Said, of_part
from palabre.consultations.telling import Row, Section, Table, plain, span
from palabre.consultations.words import say
from palabre.kit.shares import percent
from palabre.measuring import bestworst


def best_and_worst(title: str, questions: Sequence[Question], said: Sequence[Said], told: Said) -> list[Section]:
    """Best-worst scaling."""
    sets = {each.key: tuple(option.key for option in each.options) for each in of_part(questions, "set")}
    names: dict[Hashable, str] = {str(number): say(line) for number, line in enumerate(told.get("lines", ()), 1)}
    choices = [
        bestworst.Choice(sets[key], chosen["best"], chosen["worst"])
        for each in said for key in sets if isinstance(chosen := each.get(key), dict)
    ]  # fmt: skip
    found = bestworst.weigh(list(names), choices)
    section = Section(title, sum(any(each.get(key) for key in sets) for each in said))
    if found and found[0].shown:
        first, second, last = found[0], found[1], found[-1]
        section.reading.append(
            _("What matters most is “%(first)s”, what matters least “%(last)s”.")
            % {"first": names[first.item], "last": names[last.item]}
        )
        if first.fitted.interval.low < second.fitted.interval.high:
            section.reading.append(
                _("Between the first two, “%(first)s” and “%(second)s”, so many answers do not decide.")
                % {"first": names[first.item], "second": names[second.item]}
            )
        if len(found) > 3 and found[-2].fitted.interval.low < last.fitted.interval.high:
            section.reading.append(
                _("Between the last two, “%(first)s” and “%(second)s”, so many answers do not decide.")
                % {"first": names[found[-2].item], "second": names[last.item]}
            )
    section.table = Table(
        _("Item"),
        [
            _("Best"), _("Worst"), _("Shown"), pgettext("a figure", "Score"), _("Utility"), _("Between (95%)"),
            _("Would be chosen"),
        ],
        [
            Row(names[each.item], [
                each.best, each.worst, each.shown, plain(each.score, 2, all_alike=True),
                plain(each.fitted.value, 2, all_alike=True), span(each.fitted.interval, 2, all_alike=True),
                percent(each.preference),
            ], charts.around(each.score, None, whole=1.0))
            for each in found
        ],
        wide=True,
    )  # fmt: skip
    section.notes.append(
        _("Score: best less worst, by how often it was shown. Utility: from a choice model; intervals that overlap "
          "say that two may be equal.")
    )  # fmt: skip
    return [section]
