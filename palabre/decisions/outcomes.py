"""What came out of a vote, as it is kept: the document from which anybody can count again, and what other rules say.

`{"document": counting.document, "beside": [results of the other rules that read the same ballots]}`, and, where voices
were lent and came to no ballot, `"lost"`: their ways as in `passing`, `{"through", "end"}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from palabre.counting import abif, blt, document
from palabre.counting.ballots import Unfit
from palabre.counting.poll import Poll
from palabre.counting.terms import Terms
from palabre.decisions.methods import beside
from palabre.decisions.passing import HEARD, Way

SHEETS = {"ranking": ("blt", "abif"), "approval": ("abif",), "scores": ("abif",)}


def written(
    title: str, titles: Mapping[str, str], terms: Terms, poll: Poll[Any], ways: Iterable[Way] = ()
) -> dict[str, Any]:
    """The outcome of a poll counted now; `ways` is where voices went that were lent."""
    others = []
    for rule in beside(terms.rule):
        with suppress(Unfit):  # so many ties are open that it cannot be said what this one would have chosen
            others.append(Terms(rule, terms.quorum, terms.ties).count(poll).plain())
    lost = [{"through": [*way.through], "end": way.end} for way in ways if way.end != HEARD]
    return {"document": document.write(title, titles, terms, poll), "beside": others} | ({"lost": lost} if lost else {})


def sheets(rule: Mapping[str, Any]) -> tuple[str, ...]:
    """The forms in which other programs read the ballots of this rule; of a budget none: they hold no costs."""
    kind = document.terms_of({"rule": rule}).rule.ballot.kind
    return SHEETS.get(kind, ()) if "budget" not in rule else ()


def sheet(kept: dict[str, Any], form: str) -> str | None:
    """The ballots in one of the forms of `sheets`; None in any other."""
    if form not in sheets(kept["document"]["rule"]):
        return None
    found = document.read(kept["document"])
    if form == "abif":
        return abif.write(found.title, found.titles, found.poll)
    return blt.write(found.title, found.titles, getattr(found.terms.rule, "seats", 1), found.poll)
