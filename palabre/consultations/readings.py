"""How each method reads its answers: the sums of `measuring`, said in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from palabre.consultations import charts
from palabre.consultations.papers import PRICES
from palabre.consultations.questions import Question
from palabre.consultations.summaries import effort, recommend, satisfaction
from palabre.consultations.telling import Row, Section, Table, between, cells, heads, money, percent, plain, span
from palabre.consultations.words import say
from palabre.measuring import bestworst, kano, ladder, meter
from palabre.measuring import cells as compared
from palabre.measuring.intervals import Interval

Said = Mapping[str, Any]


def _part(questions: Sequence[Question], part: str) -> list[Question]:
    return [each for each in questions if each.part == part]


def _given(said: Sequence[Said], key: str) -> list[Any]:
    return [each[key] for each in said if each.get(key) is not None]


def _whole_range(low: str, high: str) -> str:
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def price(title: str, questions: Sequence[Question], said: Sequence[Said], _told: Said) -> list[Section]:
    """Van Westendorp's meter with both conventions, and how many would buy."""
    keys, unit = {q.part: q.key for q in questions if q.part}, questions[0].unit if questions else ""
    answers = [
        meter.Prices(
            *(each[keys[part]] for part in PRICES), *(_level(each, keys.get(f"would_{part}")) for part in PRICES[1:3])
        )
        for each in said if all(each.get(keys[part]) is not None for part in PRICES)
    ]  # fmt: skip
    found = meter.measure(answers)
    section = Section(title, found.number)
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
    low, high = found.original.low, found.original.high
    if low and high:
        section.reading.append(
            _("People accept prices between %(low)s and %(high)s.")
            % {"low": money(low.price, unit), "high": money(high.price, unit)}
        )
    if found.optimum:
        section.reading.append(
            _("At %(price)s the fewest turn away: as many find it too cheap as too expensive.")
            % {"price": money(found.optimum.price, unit)}
        )
    if found.indifference:
        section.reading.append(
            _("%(price)s is what they take for the usual price: as many call it cheap as expensive.")
            % {"price": money(found.indifference.price, unit)}
        )
    points = [
        (_("Lower end (too cheap, not cheap)"), found.original.low, _("van Westendorp’s range")),
        (_("Upper end (too expensive, not expensive)"), found.original.high, _("van Westendorp’s range")),
        (_("Lower end (too cheap, expensive)"), found.narrower.low, _("narrower range")),
        (_("Upper end (too expensive, cheap)"), found.narrower.high, _("narrower range")),
        (_("Optimal price"), found.optimum, ""),
        (_("Indifference price"), found.indifference, ""),
    ]
    if found.reach:
        points += [
            (_("Most would buy"), found.reach.most_reach, _("Newton, Miller and Smith")),
            (_("Most is earned"), found.reach.most_revenue, _("Newton, Miller and Smith")),
        ]
        section.reading.append(
            _("Most is earned at %(price)s, if they buy as they say.")
            % {"price": money(found.reach.most_revenue.price, unit)}
        )
    section.table = Table(
        _("Point"),
        [_("Price"), _("Between (95 %)"), _("Convention")],
        [
            Row(name, [money(point.price, unit), _money_span(point.interval, unit), convention])
            for name, point, convention in points
            if point
        ],
    )
    curves = found.curves
    section.lines = charts.lines(
        curves.prices,
        [
            (_("too cheap"), "a", curves.too_cheap),
            (_("cheap"), "b", curves.cheap),
            (_("expensive"), "c", curves.expensive),
            (_("too expensive"), "d", curves.too_expensive),
        ],
        [(point.price, name) for point, name in ((found.optimum, _("optimum")),) if point],
        (low.price, high.price) if low and high else None,
    )
    return [section]


def _level(said: Said, key: str | None) -> int | None:
    given = said.get(key or "")
    return int(given) if given is not None else None


def _money_span(interval: Interval | None, unit: str) -> str:
    return _whole_range(money(interval.low), money(interval.high, unit)) if interval else "–"


def steps(title: str, questions: Sequence[Question], said: Sequence[Said], _told: Said) -> list[Section]:
    """Gabor and Granger's ladder."""
    asked = _part(questions, "ladder")[0]
    prices = [float(row.key) for row in asked.rows]
    answers = [{float(price): yes == "yes" for price, yes in given.items()} for given in _given(said, asked.key)]
    found = ladder.climb(prices, answers)
    section = Section(title, found.number)
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
    section.table = Table(
        _("Price"),
        [*heads(), _("100 people bring")],
        [
            Row(money(rung.price, asked.unit), [*cells(rung.demand), money(rung.revenue)],
                charts.bar(rung.demand.value, rung.demand.interval), rung.price == found.best)
            for rung in found.rungs
        ],
    )  # fmt: skip
    return [section]


def features(title: str, questions: Sequence[Question], said: Sequence[Said], told: Said) -> list[Section]:
    """Kano."""
    names = {
        kano.MUST_BE: _("Expected"), kano.ONE_DIMENSIONAL: _("The more, the better"), kano.ATTRACTIVE: _("Delights"),
        kano.INDIFFERENT: _("Leaves cold"), kano.REVERSE: _("Not wanted"), kano.QUESTIONABLE: _("Contradictory"),
    }  # fmt: skip
    says = {
        kano.MUST_BE: _("%(feature)s: nobody thanks you for it, and its absence would upset them. Have it."),
        kano.ONE_DIMENSIONAL: _("%(feature)s: the more of it, the more content they are. Do it well."),
        kano.ATTRACTIVE: _("%(feature)s: they do not expect it, and would be glad of it."),
        kano.INDIFFERENT: _("%(feature)s: it leaves them cold. Spend your effort elsewhere."),
        kano.REVERSE: _("%(feature)s: they would rather not have it."),
        kano.QUESTIONABLE: _("%(feature)s: the answers contradict each other."),
    }
    section, rows, places = Section(title, 0), [], []
    for number, line in enumerate(told.get("lines", ()), 1):
        name = say(line)
        pairs = [
            (each[f"there-{number}"], each[f"missing-{number}"])
            for each in said if each.get(f"there-{number}") and each.get(f"missing-{number}")
        ]  # fmt: skip
        verdict = kano.judge(pairs)
        section.number = max(section.number, verdict.number)
        if verdict.category is None:
            continue
        sentence = says[verdict.category] % {"feature": name}
        if not verdict.clear and verdict.second:
            sentence += " " + _("It may also be “%(other)s”: with so many answers the two cannot be told apart.") % {
                "other": names[verdict.second].lower()
            }
        section.reading.append(sentence)
        if verdict.is_questionable:
            section.notes.append(
                _("%(feature)s: several answers contradict each other; perhaps the question was not clear.")
                % {"feature": name}
            )
        counts = " · ".join(f"{names[each]} {verdict.counts[each]}" for each in kano.ORDER if verdict.counts[each])
        rows.append(
            Row(f"{number}. {name}", [
                names[verdict.category], verdict.number,
                f"{percent(verdict.better.value)} ({between(verdict.better.interval)})",
                f"{percent(verdict.worse.value)} ({between(verdict.worse.interval)})", counts,
            ])
        )  # fmt: skip
        places.append((verdict.worse.value, verdict.better.value, str(number), ""))
    section.table = Table(
        _("Feature"),
        [_("It is"), _("Answers"), _("Pleases if there (95 %)"), _("Upsets if missing (95 %)"), _("How many say so")],
        rows,
    )
    section.plane = charts.plane(places, _("upsets if missing →"), _("pleases if there →"), halves=True)
    return [section]


def best_and_worst(title: str, questions: Sequence[Question], said: Sequence[Said], told: Said) -> list[Section]:
    """Best-worst scaling."""
    sets = {each.key: tuple(option.key for option in each.options) for each in _part(questions, "set")}
    names = {str(number): say(line) for number, line in enumerate(told.get("lines", ()), 1)}
    choices = [
        bestworst.Choice(sets[key], given["best"], given["worst"])
        for each in said for key in sets if isinstance(given := each.get(key), dict)
    ]  # fmt: skip
    found = bestworst.weigh(list(names), choices)
    section = Section(title, sum(any(each.get(key) for key in sets) for each in said))
    if found and found[0].shown:
        first, second, last = found[0], found[1], found[-1]
        section.reading.append(
            _("What matters most is “%(first)s”, what matters least “%(last)s”.")
            % {"first": names[first.item], "last": names[last.item]}  # type: ignore[index]
        )
        if first.fitted.interval.low < second.fitted.interval.high:
            section.reading.append(
                _("Between the first two, “%(first)s” and “%(second)s”, so many answers do not decide.")
                % {"first": names[first.item], "second": names[second.item]}  # type: ignore[index]
            )
    section.table = Table(
        _("Item"),
        [
            _("Best"), _("Worst"), _("Shown"), pgettext("a figure", "Score"), _("Utility"), _("Between (95 %)"),
            _("Would be chosen"),
        ],
        [
            Row(names[each.item], [  # type: ignore[index]
                each.best, each.worst, each.shown, plain(each.score, 2), plain(each.fitted.value, 2),
                span(each.fitted.interval, 2), percent(each.preference),
            ], charts.around(each.score, None, whole=1.0))
            for each in found
        ],
    )  # fmt: skip
    section.notes.append(
        _("Score: best less worst, by how often it was shown. Utility: from a choice model; intervals that overlap "
          "say that two may be equal.")
    )  # fmt: skip
    return [section]


def variants(title: str, questions: Sequence[Question], said: Sequence[Said], told: Said) -> list[Section]:
    """Concepts and messages: the two highest of five, and the differences between cells."""
    names = {each["key"]: say(each["title"]) for each in told["variants"]}
    given = {key: [int(each) for each in _given(said, f"rated-{key}")] for key in names}
    few = [key for key, ratings in given.items() if len(ratings) < told["floor"]]
    found = compared.compare({key: ratings for key, ratings in given.items() if key not in few})
    section = Section(title, sum(cell.top.whole for cell in found.cells))
    if found.winner:
        section.reading.append(_("“%(name)s” does best, and that is sure.") % {"name": names[found.winner.name]})  # type: ignore[index]
    elif len(found.cells) > 1:
        first, second, gap = found.gaps[0]
        section.reading.append(
            _("“%(first)s” is ahead of “%(second)s” by %(gap)s points, and that may be chance: it lies between "
              "%(low)s and %(high)s.")
            % {"first": names[first.name], "second": names[second.name], "gap": plain(100 * gap.value),  # type: ignore[index]
               "low": plain(100 * gap.interval.low), "high": plain(100 * gap.interval.high)}
        )  # fmt: skip
    elif found.cells:
        top = found.cells[0].top
        section.reading.append(_("%(share)s would probably or certainly say yes.") % {"share": percent(top.value)})
    for key in few:
        section.notes.append(_("“%(name)s”: too few have seen it to tell anything yet.") % {"name": names[key]})
    section.table = Table(
        _("Variant"),
        [_("Probably or certainly"), _("Share"), _("Between (95 %)"), _("Saw it")],
        [
            Row(names[cell.name], [*cells(cell.top), cell.top.whole], charts.bar(cell.top.value, cell.top.interval),  # type: ignore[index]
                cell is found.winner)
            for cell in found.cells
        ],
    )  # fmt: skip
    for first, second, gap in found.gaps if len(found.cells) > 1 else ():
        section.notes.append(
            _("“%(first)s” less “%(second)s”: %(gap)s points, between %(low)s and %(high)s.")
            % {"first": names[first.name], "second": names[second.name], "gap": plain(100 * gap.value),  # type: ignore[index]
               "low": plain(100 * gap.interval.low), "high": plain(100 * gap.interval.high)}
        )  # fmt: skip
    return [section]


Reader = Callable[[str, Sequence[Question], Sequence[Said], Said], list[Section]]
READERS: dict[str, Reader] = {
    "price": price, "ladder": steps, "kano": features, "bestworst": best_and_worst, "concept": variants,
    "message": variants, "recommend": recommend, "satisfaction": satisfaction, "effort": effort,
}  # fmt: skip
