"""A count told to people: who is chosen, why, and the table from which that can be seen.

It is told from the plain result that `counting` writes, so that a count that is kept is not made again to be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.counting.explained import RULES
from palabre.decisions.tables import OPEN, SHAPES, SURE, Plain, Table, Titles, listed

DECIDERS = {
    "lot": gettext_lazy("the lot"),
    "chair": gettext_lazy("the order of the list"),
    "status-quo": gettext_lazy("what changes nothing"),
}
TAKEN = {
    "win": gettext_lazy("As declared, %(rule)s decides: %(taken)s is chosen."),
    "surplus": gettext_lazy("As declared, %(rule)s decides: what %(taken)s has above the quota goes on first."),
    "exclusion": gettext_lazy("As declared, %(rule)s decides: %(taken)s is left out."),
    "purchase": gettext_lazy("As declared, %(rule)s decides: %(taken)s comes first."),
}


@dataclass
class Told:
    """A result in words. `chosen` are titles; `left` those among whom it is open."""

    name: Any
    verdict: str
    chosen: list[str]
    left: list[str]
    remarks: list[str]
    table: Table


def told(result: Plain, titles: Titles) -> Told:
    """A plain result, by the titles of its options in the order of the ballot."""
    sure = [title for key, title in titles.items() if key in result["sure"]]
    left = [title for key, title in titles.items() if key in result["winners"] and key not in result["sure"]]
    shape = next(make for sign, make in SHAPES.items() if sign in result["details"])
    turnout = result["turnout"]
    agreed = not left and (not turnout or turnout["reached"])
    remarks = [_tie(tie, titles, left, agreed=agreed) for tie in result["ties"]]
    if turnout:
        words = _("%(present)d took part, and %(needed)d were needed.") % turnout
        remarks.insert(0, words)
    won = {key: SURE if key in result["sure"] else OPEN for key in result["winners"]}
    table = shape(result["details"], titles, won)
    if "pairwise" in result["details"] and result["ranking"]:
        ranks = [listed([titles[key] for key in titles if key in rank]) for rank in result["ranking"]]
        table.words.append(_("In order: %(ranks)s.") % {"ranks": _(", then ").join(ranks)})
    return Told(
        RULES[result["rule"]].name,
        _("Opinions bind nobody: one decides.") if "leanings" in result["details"] else verdict(sure, left, turnout),
        sure,
        left,
        remarks,
        table,
    )


def verdict(sure: list[str], left: list[str], turnout: Any) -> str:
    """Who is chosen, in a sentence: those who are in any case, and those between whom it is open."""
    if turnout and not turnout["reached"]:
        return _("Too few took part: nothing is decided.")
    if left and sure:
        return _("Chosen: %(sure)s. Equal, and open between them: %(left)s.") % {
            "sure": listed(sure), "left": listed(left),
        }  # fmt: skip
    if left:
        return _("Equal, and open between them: %(left)s.") % {"left": listed(left)}
    return _("Chosen: %(sure)s.") % {"sure": listed(sure)} if sure else _("Nothing is chosen.")


def _tie(tie: Plain, titles: Titles, left: list[str], *, agreed: bool) -> str:
    """Equals that were met, and what became of them. Those between whom it is open (`left`) the verdict has named;
    where all is `agreed`, the choice is the same whichever way they fall.
    """
    between = [title for key, title in titles.items() if key in tie["between"]]
    equal = _("Equal: %(between)s.") % {"between": listed(between)}
    if tie["taken"]:
        who = {"rule": DECIDERS[tie["by"]], "taken": titles[tie["taken"]]}
        return f"{equal} {TAKEN[tie['over']] % who}"
    if agreed:
        same = _("Nothing was declared that decides between them; the choice is the same whichever is taken.")
        return f"{equal} {same}"
    nothing = _("Nothing was declared that decides between them.")
    return nothing if between == left else f"{equal} {nothing}"
