"""What people would pay: van Westendorp's meter, and Gabor and Granger's ladder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.consultations import charts
from palabre.consultations.charts import Lines
from palabre.consultations.papers import PRICES
from palabre.consultations.questions import Question, Said, given, of_part
from palabre.consultations.telling import Row, Section, Table, bounds, cells, heads, money, percent
from palabre.measuring import ladder, meter
from palabre.measuring.intervals import Interval


def price(title: str, questions: Sequence[Question], said: Sequence[Said], _told: Said) -> list[Section]:
    """Van Westendorp's meter with both conventions, and how many would buy."""
    unit = questions[0].unit if questions else ""
    answers = _priced(questions, said)
    found = meter.measure(answers)
    section = Section(title, found.number, incoherent=found.incoherent)
    if found.incoherent:
        section.notes.append(
            ngettext(
                "%(number)d answer contradicted itself (its prices do not rise) and is left out.",
                "%(number)d answers contradicted themselves (their prices do not rise) and are left out.",
                found.incoherent,
            )
            % {"number": found.incoherent}
        )
    if found.curves is None or found.original is None or found.narrower is None:
        section.reading.append(_("No answer can be read: in none of them do the four prices rise."))
        return [section]
    section.reading += _accepted(found, found.original, unit)
    if found.reach:
        best = found.reach.most_revenue.price
        section.reading.append(
            _("Most is earned at %(price)s, where %(share)s would buy, if they do as they say.")
            % {"price": money(best, unit), "share": percent(found.reach.at(best))}
        )
    elif any(each.is_coherent and each.has_intent for each in answers):
        section.reading.append(_("Nobody would buy it, neither at the cheap price nor at the expensive one."))
    if found.optimum and not found.optimum.interval:
        section.reading.append(_("All say the same: how far others lie from that cannot be told from them."))
    section.table = _points(found, found.original, found.narrower, unit)
    section.lines = _curves(found.curves, found.optimum, found.original)
    return [section]


def _priced(questions: Sequence[Question], said: Sequence[Said]) -> list[meter.Prices]:
    """The answers that name all four prices, and how surely they would buy, where that was asked."""
    keys = {q.part: q.key for q in questions if q.part}
    return [
        meter.Prices(
            *(each[keys[part]] for part in PRICES), *(_level(each, keys.get(f"would_{part}")) for part in PRICES[1:3])
        )
        for each in said if all(each.get(keys[part]) is not None for part in PRICES)
    ]  # fmt: skip


def _accepted(found: meter.Meter, span: meter.Range, unit: str) -> Iterator[str]:
    """Which prices people accept, in sentences."""
    if span.low and span.high:
        yield _("People accept prices between %(low)s and %(high)s.") % {
            "low": money(span.low.price, unit),
            "high": money(span.high.price, unit),
        }
    if found.optimum:
        yield _("At %(price)s the fewest turn away: as many find it too cheap as too expensive.") % {
            "price": money(found.optimum.price, unit)
        }
    if found.indifference:
        yield _("%(price)s is what they take for the usual price: as many call it cheap as expensive.") % {
            "price": money(found.indifference.price, unit)
        }


def _points(found: meter.Meter, original: meter.Range, narrower: meter.Range, unit: str) -> Table:
    """Every point that was found, and the convention by which it is one."""
    points = [
        (_("Lower end (too cheap, not cheap)"), original.low, _("van Westendorp’s range")),
        (_("Upper end (too expensive, not expensive)"), original.high, _("van Westendorp’s range")),
        (_("Lower end (too cheap, expensive)"), narrower.low, _("narrower range")),
        (_("Upper end (too expensive, cheap)"), narrower.high, _("narrower range")),
        (_("Optimal price"), found.optimum, ""),
        (_("Indifference price"), found.indifference, ""),
    ]
    if found.reach:
        points += [
            (_("Most would buy"), found.reach.most_reach, _("Newton, Miller and Smith")),
            (_("Most is earned"), found.reach.most_revenue, _("Newton, Miller and Smith")),
        ]
    return Table(
        _("Point"),
        [_("Price"), _("Between (95%)"), _("Convention")],
        [
            Row(name, [money(point.price, unit), _money_span(point.interval, unit), convention])
            for name, point, convention in points
            if point
        ],
        wide=True,
    )


def _curves(curves: meter.Curves, optimum: meter.Point | None, span: meter.Range) -> Lines | None:
    """The four shares along the prices, with the optimum and the range that is accepted."""
    return charts.lines(
        curves.prices,
        [
            (_("too cheap"), "a", curves.too_cheap),
            (_("cheap"), "b", curves.cheap),
            (_("expensive"), "c", curves.expensive),
            (_("too expensive"), "d", curves.too_expensive),
        ],
        [(optimum.price, _("optimum"))] if optimum else [],
        (span.low.price, span.high.price) if span.low and span.high else None,
    )


def _level(said: Said, key: str | None) -> int | None:
    level = said.get(key or "")
    return int(level) if level is not None else None


def _money_span(interval: Interval | None, unit: str) -> str:
    return bounds(money(interval.low), money(interval.high, unit)) if interval else "–"


def ladder_of_prices(title: str, questions: Sequence[Question], said: Sequence[Said], _told: Said) -> list[Section]:
    """Gabor and Granger's ladder."""
    asked = of_part(questions, "ladder")[0]
    prices = [float(row.key) for row in asked.rows]
    answers = [{float(price): yes == "yes" for price, yes in each.items()} for each in given(said, asked.key)]
    found = ladder.climb(prices, answers)
    section = Section(title, found.number, incoherent=found.incoherent)
    if found.incoherent:
        section.notes.append(
            ngettext(
                "%(number)d answer would buy at a price and not at a lower one, and is left out.",
                "%(number)d answers would buy at a price and not at a lower one, and are left out.",
                found.incoherent,
            )
            % {"number": found.incoherent}
        )
    best = next((rung for rung in found.rungs if rung.price == found.best), None)
    if best:
        section.reading.append(
            _("Of the prices you named, %(price)s earns most: %(share)s would buy.")
            % {"price": money(best.price, asked.unit), "share": percent(best.demand.value)}
        )
        if found.interval and found.interval.low != found.interval.high:
            section.reading.append(
                _("With so many answers it might as well be any from %(low)s to %(high)s.")
                % {"low": money(found.interval.low), "high": money(found.interval.high, asked.unit)}
            )
    elif found.number:
        section.reading.append(_("Nobody would buy it at any of these prices: none of them earns anything."))
    section.table = Table(
        _("Price"),
        [*heads(), _("100 people bring")],
        [
            Row(money(rung.price, asked.unit), [*cells(rung.demand), money(rung.revenue)],
                charts.bar(rung.demand.value, rung.demand.interval), rung.price == found.best)
            for rung in found.rungs
        ],
        wide=True,
    )  # fmt: skip
    return [section]
