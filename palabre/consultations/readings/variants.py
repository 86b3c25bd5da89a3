"""Which of several concepts or messages does best."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from django.utils.translation import gettext as _

from palabre.consultations import charts
from palabre.consultations.questions import Question, Said, given
from palabre.consultations.telling import Row, Section, Table, cells, plain
from palabre.consultations.words import say
from palabre.kit.shares import percent
from palabre.measuring import cells as compared


def variants(title: str, questions: Sequence[Question], said: Sequence[Said], told: Said) -> list[Section]:
    """Concepts and messages: the two highest of five, and the differences between cells."""
    names: dict[Hashable, str] = {each["key"]: say(each["title"]) for each in told["variants"]}
    rated = {key: [int(each) for each in given(said, f"rated-{key}")] for key in names}
    few = [key for key, ratings in rated.items() if len(ratings) < told["floor"]]
    found = compared.compare({key: ratings for key, ratings in rated.items() if key not in few})
    section = Section(title, sum(cell.top.whole for cell in found.cells))
    if found.winner:
        section.reading.append(_("“%(name)s” does best, and that is sure.") % {"name": names[found.winner.name]})
    elif len(found.cells) > 1:
        first, second, gap = found.gaps[0]
        section.reading.append(
            (_("“%(first)s” is ahead of “%(second)s” by %(gap)s points, and that may be chance: it lies between "
               "%(low)s and %(high)s.") if round(100 * gap.value) else
             _("So many answers see no difference between “%(first)s” and “%(second)s”: it lies between %(low)s and "
               "%(high)s points."))
            % {"first": names[first.name], "second": names[second.name], "gap": plain(100 * gap.value),
               "low": plain(100 * gap.interval.low), "high": plain(100 * gap.interval.high)}
        )  # fmt: skip
    elif found.cells:
        top = found.cells[0].top
        section.reading.append(_("%(share)s would probably or certainly say yes.") % {"share": percent(top.value)})
    for key in few:
        section.notes.append(_("“%(name)s”: too few have seen it to tell anything yet.") % {"name": names[key]})
    section.table = Table(
        _("Variant"),
        [_("Probably or certainly"), _("Share"), _("Between (95%)"), _("Saw it")],
        [
            Row(names[cell.name], [*cells(cell.top), cell.top.whole], charts.bar(cell.top.value, cell.top.interval),
                cell is found.winner)
            for cell in found.cells
        ],
        wide=True,
    )  # fmt: skip
    for first, second, gap in found.gaps if len(found.cells) > 1 else ():
        section.notes.append(
            _("“%(first)s” less “%(second)s”: %(gap)s points, between %(low)s and %(high)s.")
            % {"first": names[first.name], "second": names[second.name], "gap": plain(100 * gap.value),
               "low": plain(100 * gap.interval.low), "high": plain(100 * gap.interval.high)}
        )  # fmt: skip
    return [section]
