"""The paper on which somebody votes: fields for each kind of ballot, read back with what is missing said in words.

Nothing typed is lost: `typed` holds it, and the paper is drawn from it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.counting.ballots import Approval, Ballot, Choice, Credits, Dots, Grades, Ranking, Scores
from palabre.counting.quadratic import cost
from palabre.decisions.methods import GRADES, OBJECTION, WORDED, titles, words_of_the_house
from palabre.decisions.models import Decision

Typed = Mapping[str, Any]
NOTHING, DIGITS, LONGEST = "none", 6, 5000


@dataclass
class Line:
    """One option on the paper: the name of its field, what stands in it, and what is wrong with it."""

    key: str
    title: str
    name: str
    typed: str = ""
    missing: bool = False
    cost: int | None = None

    @property
    def price(self) -> str:
        """Its cost, for reading."""
        return number_format(self.cost or 0, force_grouping=True)

    @property
    def number(self) -> int | None:
        """What is typed, as a whole number."""
        sign = self.typed[:1] in ("-", "−")
        digits = self.typed[1:] if sign else self.typed
        return (-int(digits) if sign else int(digits)) if digits.isdecimal() and len(digits) <= DIGITS else None


@dataclass
class Paper:
    """A ballot being filled in. `ballot` is what it says, if nothing is `wrong`; `remarks` is what it leaves out."""

    decision: Decision
    lines: list[Line]
    picked: frozenset[str] = frozenset()
    nothing: bool = False
    wrong: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    ballot: Ballot | None = None
    words: str = ""

    @property
    def kind(self) -> str:
        """Which kind of ballot it is, by its name in `counting`."""
        return str(self.decision.terms.rule.ballot.kind)

    @property
    def rule(self) -> Any:
        return self.decision.terms.rule

    @property
    def template(self) -> str:
        """What draws its fields."""
        if self.rule.name in WORDED:
            return f"decisions/papers/{self.rule.name}.html"
        kind = self.kind if self.kind in ("choice", "approval", "ranking", "grades") else "numbers"
        return f"decisions/papers/{kind}.html"

    @property
    def language(self) -> str:
        """That of its options, as `language_of` a decision."""
        return language_of(self.decision)

    @property
    def asks(self) -> str:
        """What is to be written beside each option."""
        match self.kind:
            case "scores":
                return _("Points for each option, from 0 to %(most)d") % {"most": self.rule.highest}
            case "dots":
                return _("Put your %(dots)d dots where you like") % {"dots": self.rule.dots}
        return _("Your votes for each option, from %(credits)d credits") % {"credits": self.rule.credits}

    @property
    def purse(self) -> str:
        """What there is to give away: dots, credits, or the sum to spend; "" where nothing is."""
        rule = self.rule
        return str(getattr(rule, "dots", None) or getattr(rule, "credits", None) or getattr(rule, "budget", None) or "")

    @property
    def grades(self) -> list[tuple[int, Any]]:
        """The best first."""
        return list(reversed(list(enumerate(GRADES))))

    @property
    def places(self) -> range:
        return range(1, len(self.lines) + 1)

    @property
    def ranked(self) -> list[tuple[Line, SafeString]]:
        """Each line with the places it offers, in HTML: of many lines that is many, and they are alike but for one."""
        every = "".join(f'<option value="{place}">{place}</option>' for place in self.places)
        return [(line, mark_safe(_selected(every, line.number))) for line in self.lines]  # noqa: S308 - of numbers

    @property
    def is_chosen(self) -> bool:
        """Whether one of the answers is, or none of them on purpose."""
        return bool(self.picked or self.nothing)

    @property
    def is_filled(self) -> bool:
        """Whether anything stands on it, be it a remark."""
        typed = any(line.typed or line.missing for line in self.lines)
        return bool(typed or self.picked or self.nothing or self.words or self.wrong)

    def named(self, lines: list[Line]) -> str:
        return str(get_text_list([line.title for line in lines], _("and")))


def language_of(decision: Decision) -> str:
    """In which language somebody worded the options; "" where they are the house's words, in the reader's."""
    worded = words_of_the_house(decision.rule.get("name", ""), [each["title"] for each in decision.options])
    return "" if worded else str(decision.item.language)


def _selected(options: str, number: int | None) -> str:
    return options.replace(f'"{number}">', f'"{number}" selected>', 1)


def blank(decision: Decision) -> Paper:
    """A paper on which nothing stands."""
    costs = decision.rule.get("costs") or {}
    lines = titles(decision.rule["name"], decision.options).items()
    return Paper(decision, [Line(key, title, f"option-{key}", cost=costs.get(key)) for key, title in lines])


def filled(decision: Decision, said: Any) -> Paper:
    """The paper as somebody gave it; `said` is the plain ballot."""
    paper = blank(decision)
    match paper.kind:
        case "choice":
            paper.picked, paper.nothing = frozenset([said] if said else []), said is None
        case "approval":
            paper.picked, paper.nothing = frozenset(said), not said
        case "ranking":
            at = {option: str(rank) for rank, options in enumerate(said, 1) for option in options}
            for line in paper.lines:
                line.typed = at.get(line.key, "")
        case _:
            for line in paper.lines:
                line.typed = str(said.get(line.key, ""))
    return paper


def read(decision: Decision, typed: Any) -> Paper:
    """What was sent; what is wrong is said, and what is right is the paper's ballot."""
    paper = blank(decision)
    picked = frozenset(typed.getlist("option")) & {line.key for line in paper.lines}
    paper.picked, paper.nothing = picked, typed.get("nothing") == "1" or typed.get("option") == NOTHING
    for line in paper.lines:
        line.typed = str(typed.get(line.name) or "").replace("\x00", "").strip()[:20]
    paper.words = str(typed.get("words") or "").replace("\x00", "").strip()[:LONGEST]
    paper.ballot = _READ[paper.kind](paper)
    if paper.wrong:
        paper.ballot = None
    return paper


def _choice(paper: Paper) -> Ballot:
    if not paper.picked and not paper.nothing:
        paper.wrong.append(_("Nothing is chosen yet. Choose an option, or abstain."))
    elif len(paper.picked) + paper.nothing > 1:
        paper.wrong.append(_("Several are chosen: choose one of them, or abstain."))
    elif paper.rule.name == "advice" and not paper.words:
        paper.wrong.append(_("Say why, in a few words: whoever decides answers them."))
    elif paper.rule.name == "consent" and OBJECTION in paper.picked and not paper.words:
        paper.wrong.append(_("Say what you object to, so that it can be resolved."))
    return Choice(next(iter(paper.picked), None))


def _approval(paper: Paper) -> Ballot:
    if not paper.picked and not paper.nothing:
        paper.wrong.append(_("Nothing is ticked yet. Tick at least one, or “None of them”."))
    elif paper.picked and paper.nothing:
        paper.wrong.append(_("You ticked options and “None of them”: take one of the two back."))
    return Approval(paper.picked)


def _ranking(paper: Paper) -> Ballot:
    ranks: dict[int, list[str]] = {}
    for line in paper.lines:
        if line.number and line.number in paper.places:
            ranks.setdefault(line.number, []).append(line.key)
        elif line.typed:
            _misses(paper, [line], _("%(which)s has a place that does not exist."))
    if not ranks and not paper.wrong:
        paper.wrong.append(_("Nothing has a place yet. Give 1 to what you like best."))
    left = [line for line in paper.lines if not line.typed]
    if left and ranks:
        paper.remarks.append(_("Without a place, and so behind all others: %(which)s.") % {"which": paper.named(left)})
    equals = any(len(rank) > 1 for rank in ranks.values())
    if equals and paper.rule.name.endswith("stv"):
        paper.remarks.append(_("Some have the same place: this count reads your ballot up to there."))
    return Ranking(tuple(tuple(ranks[place]) for place in sorted(ranks)))


def _scores(paper: Paper) -> Ballot:
    most = paper.rule.highest
    missing = [line for line in paper.lines if not line.typed]
    if missing:
        _misses(paper, missing, _("No points yet for %(which)s. Give 0 to give none."))
    beyond = [line for line in paper.lines if line.typed and (line.number is None or not 0 <= line.number <= most)]
    if beyond:
        _misses(paper, beyond, _("Points go from 0 to %(most)d: look again at %(which)s."), most=most)
    return Scores.of(_numbers(paper))


def _grades(paper: Paper) -> Ballot:
    missing = [line for line in paper.lines if line.number is None or not 0 <= line.number < len(GRADES)]
    if missing:
        _misses(paper, missing, _("No grade yet for %(which)s."))
    return Grades.of({} if missing else _numbers(paper))


def _dots(paper: Paper) -> Ballot:
    rule = paper.rule
    _whole(paper, least=0)
    over = [line for line in paper.lines if rule.each and (line.number or 0) > rule.each]
    if over:
        _misses(paper, over, _("At most %(most)d on one option: look again at %(which)s."), most=rule.each)
    given = sum(_numbers(paper).values())
    if given > rule.dots:
        paper.wrong.append(
            _("You have %(have)d dots and put %(put)d: take %(over)d back.")
            % {"have": rule.dots, "put": given, "over": given - rule.dots}
        )
    elif not given and not paper.wrong:
        paper.wrong.append(_("No dot is put yet."))
    elif given < rule.dots and not paper.wrong:
        left = rule.dots - given
        paper.remarks.append(ngettext("%(left)d dot is not put.", "%(left)d dots are not put.", left) % {"left": left})
    return Dots.of({key: number for key, number in _numbers(paper).items() if number})


def _credits(paper: Paper) -> Ballot:
    rule = paper.rule
    _whole(paper, least=-rule.credits if rule.against else 0)
    ballot = Credits.of({key: number for key, number in _numbers(paper).items() if number})
    spent = cost(ballot)
    if spent > rule.credits:
        paper.wrong.append(
            _("Your votes cost %(spent)d credits, and you have %(have)d: give fewer somewhere.")
            % {"spent": spent, "have": rule.credits}
        )
    elif not spent and not paper.wrong:
        paper.wrong.append(_("No vote is given yet."))
    elif not paper.wrong:
        paper.remarks.append(_("%(spent)d of %(have)d credits are spent.") % {"spent": spent, "have": rule.credits})
    return ballot


def _numbers(paper: Paper) -> dict[str, int]:
    return {line.key: line.number for line in paper.lines if line.number is not None}


def _whole(paper: Paper, least: int) -> None:
    odd = [each for each in paper.lines if each.typed and (each.number is None or each.number < least)]
    if odd:
        _misses(paper, odd, _("Whole numbers are needed: look again at %(which)s."))


def _misses(paper: Paper, lines: list[Line], words: str, **more: Any) -> None:
    for line in lines:
        line.missing = True
    paper.wrong.append(words % {"which": paper.named(lines), **more})


_READ: dict[str, Callable[[Paper], Ballot]] = {
    "choice": _choice,
    "approval": _approval,
    "ranking": _ranking,
    "scores": _scores,
    "grades": _grades,
    "dots": _dots,
    "credits": _credits,
}
