"""The tables from which a count can be seen, one shape for each way of counting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.decisions.methods import GRADES
from palabre.kit.shares import percent

Plain = Mapping[str, Any]
Titles = Mapping[str, str]
SURE, OPEN = "sure", "open"
Won = Mapping[str, str]  # of those chosen and of those between whom it is open, by their keys, which of the two


@dataclass
class Part:
    """Of a bar that is a hundred long: where it begins, how long it is, and which grade it stands for."""

    start: float
    length: float
    grade: int


@dataclass
class Row:
    """A line of a table; `won` says whether its option is chosen (SURE), or one of equals between which it is OPEN.
    `share` is the length of its bar, from 0 to 100, None for none; `profile` a bar of several parts instead. Cells
    `ahead` are those in which it beats what they are compared with.
    """

    title: Any
    cells: list[Any]
    won: str = ""
    share: int | None = None
    profile: list[Part] = field(default_factory=list)
    ahead: frozenset[int] = frozenset()


@dataclass
class Table:
    """Its heads stand above the cells; the title has its own, `of`. Where heads are short, `spelt` says what they stand
    for. A `wide` one is told line by line where there is no room for it. `note` says how it is read, `words` what it
    says.
    """

    of: Any
    heads: list[Any]
    rows: list[Row]
    words: list[str] = field(default_factory=list)
    spelt: list[Any] = field(default_factory=list)
    wide: bool = False
    note: Any = ""

    @property
    def headed(self) -> list[tuple[Any, Any]]:
        """Each head, and what it stands for."""
        return list(zip(self.heads, self.spelt or [""] * len(self.heads), strict=True))

    @property
    def told(self) -> list[tuple[Row, list[tuple[Any, Any, bool]]]]:
        """Each row, and each of its cells after its head and before whether it is ahead."""
        headed = [(row, zip(self.heads, row.cells, strict=True)) for row in self.rows]
        return [(row, [(*pair, n in row.ahead) for n, pair in enumerate(cells)]) for row, cells in headed]


def listed(titles: list[str]) -> str:
    """Several as one names them in a sentence."""
    return str(get_text_list(titles, _("and")))


def _tally(details: Plain, titles: Titles, won: Won) -> Table:
    totals, spoke = details["totals"], details["spoke"]
    most = max([*totals.values(), 1])
    sums, named = {_("Sum"): totals}, {_("Ballots that name it"): spoke}
    columns = named if totals == spoke else sums | named  # one mark a ballot: the sum says nothing more
    rows = [
        Row(
            title,
            [_signed(column[key]) for column in columns.values()],
            won.get(key, ""),
            max(0, round(100 * totals[key] / most)),
        )
        for key, title in sorted(titles.items(), key=lambda each: -totals[each[0]])
    ]
    return Table(_("Option"), [*columns], rows)


def _shares(details: Plain, titles: Titles, won: Won) -> Table:
    base = details["base"]
    rows = [
        Row(title, [details["votes"][key], _percent(details["votes"][key], base)], won.get(key, ""),
            round(100 * details["votes"][key] / base) if base else 0)
        for key, title in titles.items()
    ]  # fmt: skip
    rows.append(Row(_("Abstentions"), [details["abstentions"], ""]))
    needed = ngettext(
        "%(number)d vote was needed to carry.", "%(number)d votes were needed to carry.", details["needed"]
    ) % {"number": details["needed"]}
    return Table(_("Option"), [_("Votes"), _("Share")], rows, [needed])


def _merits(details: Plain, titles: Titles, won: Won) -> Table:
    merits = details["merits"]

    def gauge(key: str) -> tuple[int, int]:
        merit = merits[key]
        return merit["median"], merit["above"] if merit["above"] > merit["below"] else -merit["below"]

    rows = [
        Row(titles[key], [GRADES[merits[key]["median"]], *reversed(merits[key]["grades"])], won.get(key, ""),
            profile=_profile(merits[key]["grades"]))
        for key in sorted(titles, key=gauge, reverse=True)
    ]  # fmt: skip
    note = _("The line in the middle of each bar crosses its median grade: at least half find it that good.")
    return Table(_("Option"), [_("Median"), *reversed(GRADES)], rows, wide=True, note=note)


def _profile(grades: list[int]) -> list[Part]:
    """The grades that an option was given, from the best, as parts of one bar."""
    whole, parts, start = sum(grades), [], 0.0
    for grade, number in reversed(list(enumerate(grades))):
        if number:
            length = 100 * number / whole
            parts.append(Part(round(start, 2), round(length, 2), grade))
            start += length
    return parts


def _chains(details: Plain, titles: Titles, won: Won) -> Table:
    pairwise = details["pairwise"]
    preferring = pairwise["preferring"]
    rows = [
        Row(
            f"{place + 1}. {titles[key]}",
            ["–" if place == other else number for other, number in enumerate(preferring[place])],
            won.get(key, ""),
            ahead=frozenset(
                other for other, number in enumerate(preferring[place]) if number > preferring[other][place]
            ),
        )
        for place, key in enumerate(pairwise["options"])
    ]
    winner, words = details["condorcet_winner"], []
    if winner:
        words.append(_("%(option)s beats every other option, one to one.") % {"option": titles[winner]})
    elif rows and won:
        words.append(_("No option beats all others one to one: the strongest chains of victories decide."))
    note = _("In bold: more people prefer the option of the line to that of the column than the other way round.")
    heads, spelt = [str(place) for place in range(1, len(rows) + 1)], [titles[key] for key in pairwise["options"]]
    return Table(_("Preferred, on so many ballots, to"), heads, rows, words, spelt, note=note)


def _count(details: Plain, titles: Titles, won: Won) -> Table:
    stages = details["stages"]
    rows = [
        Row(title, [_votes(stage["votes"].get(key, "0")) for stage in stages], won.get(key, ""))
        for key, title in titles.items()
    ]
    words = [f"{number}. {_stage(stage, titles)}" for number, stage in enumerate(stages, 1)]
    return Table(_("Votes after each stage"), [str(number) for number in range(1, len(stages) + 1)], rows, words)


def _stage(stage: Plain, titles: Titles) -> str:
    option = {"option": titles.get(stage["option"] or "", "")}
    said = {
        "first": _("First places are counted; the quota is %(quota)s.") % {"quota": _votes(stage["quota"])},
        "surplus": _("What %(option)s has above the quota goes on.") % option
        if stage["option"]
        else _("What those elected have above the quota goes on."),  # of all at once, as Meek counts
        "exclusion": _("%(option)s is left out, and these votes go on.") % option,
        "last": _("No more remain than there are seats."),
    }[stage["did"]]
    if stage["elected"]:
        who = [titles[key] for key in stage["elected"]]
        return f"{said} " + ngettext("Elected: %(who)s.", "Elected: %(who)s.", len(who)) % {"who": listed(who)}
    return str(said)


def _purchases(details: Plain, titles: Titles, won: Won) -> Table:
    """By equal shares, what each pays is told, how much each had in hand, and what was bought with what was left."""
    by_shares = bool(details["endowment"])
    rows = [
        Row(
            titles[each["option"]],
            [_whole(each["cost"]), each["supporters"]]
            + ([_votes(each["share"]) if each["share"] else "–"] if by_shares else []),
            won.get(each["option"], ""),
        )
        for each in details["bought"]
    ]
    words = [_("%(spent)s of %(budget)s are spent.") % {name: _whole(details[name]) for name in ("spent", "budget")}]
    if by_shares:
        has = {"sum": _votes(details["endowment"])}
        words.append(_("Each is counted with %(sum)s in hand: their share, raised as far as the money goes.") % has)
        if filled := [titles[key] for key in details["filled"]]:
            words.append(_("With what was left, the most wanted first: %(which)s.") % {"which": listed(filled)})
    bought = {each["option"] for each in details["bought"]}
    if left := [title for key, title in titles.items() if key not in bought]:
        words.append(_("Not bought: %(which)s.") % {"which": listed(left)})
    heads = [_("Cost"), _("Supporters"), *([_("Paid by each, at most")] if by_shares else [])]
    return Table(_("Bought, in this order"), heads, rows, words, wide=True)


def _percent(part: int, whole: int) -> str:
    return percent(part / whole, 1) if whole else ""


def _signed(number: int) -> Any:
    """Below nothing with a real minus."""
    return number if number >= 0 else f"−{-number}"


def _whole(number: int) -> str:
    return number_format(number, force_grouping=True)


def _votes(exact: str) -> str:
    """Exact votes, rounded to two decimals for reading."""
    number = Fraction(exact)
    return number_format(int(number) if number.denominator == 1 else f"{float(number):.2f}", force_grouping=True)


def _consents(details: Plain, titles: Titles, won: Won) -> Table:
    proposed, objection = titles
    most = max(1, details["consents"] + details["aside"] + details["objections"])
    rows = [
        Row(titles[proposed], [details["consents"]], won.get(proposed, ""), round(100 * details["consents"] / most)),
        Row(_("Stand aside"), [details["aside"]], "", round(100 * details["aside"] / most)),
        Row(titles[objection], [details["objections"]], "", round(100 * details["objections"] / most)),
    ]
    words = [_("An objection that nobody has resolved stands in its way.")] if details["objections"] else []
    return Table(_("Consent"), [_("People")], rows, words)


def _leanings(details: Plain, titles: Titles, won: Won) -> Table:
    most = max([1, *details["leanings"].values(), details["neither"]])
    rows = [Row(title, [n := details["leanings"][key]], "", round(100 * n / most)) for key, title in titles.items()]
    rows.append(Row(_("Neither"), [details["neither"]], "", round(100 * details["neither"] / most)))
    return Table(_("Opinions"), [_("People")], rows)


SHAPES: dict[str, Callable[[Plain, Titles, Won], Table]] = {
    "totals": _tally,
    "needed": _shares,
    "merits": _merits,
    "pairwise": _chains,
    "stages": _count,
    "bought": _purchases,
    "consents": _consents,
    "leanings": _leanings,
}
