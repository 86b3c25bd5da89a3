"""The map of opinions: which groups votes make, what unites and divides them, and where inside and outside differ.

It is drawn once voting is over, of no fewer people than the floor; a group smaller than that would name its members,
so that of the ways to group people only those count in which all are as large.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.consultations import charts
from palabre.consultations.models import Consultation, Stage, State, Statement
from palabre.consultations.telling import Row, Table, plain
from palabre.kit.shares import percent
from palabre.measuring import opinions, statements
from palabre.measuring.intervals import Share, difference
from palabre.people.models import Side

SIGNS, SHOWN = "abcde", 5
DOTS = 1200  # of a map, at most; of more people, every so many-th


@dataclass
class Typical:
    """A statement that is typical of a group, and how many of it say so."""

    text: str
    language: str
    agrees: bool
    share: str


@dataclass
class Group:
    """Some who vote alike: their letter, how many they are, and what is typical of them."""

    letter: str
    number: int
    typical: list[Typical]

    @property
    def name(self) -> str:
        return _("Group %(letter)s") % {"letter": self.letter.upper()}


@dataclass
class Drawn:
    """number: how many voted. A map that cannot be told yet is empty; pending: it is being drawn (see `keeping`)."""

    number: int
    floor: int
    is_over: bool
    standing: list[Statement]
    reading: list[str] = field(default_factory=list)
    plane: charts.Plane | None = None
    groups: list[Group] = field(default_factory=list)
    uniting: Table | None = None
    dividing: Table | None = None
    sides: Table | None = None
    pending: bool = False

    @property
    def too_few(self) -> bool:
        return self.is_over and self.number < self.floor


def drawn(consultation: Consultation) -> Drawn:
    """The map, once it is closed; before, how many have voted."""
    standing = list(consultation.statements.standing())  # type: ignore[attr-defined]
    is_over = consultation.stage == Stage.CLOSED
    if not is_over:
        number = consultation.responses.filter(state=State.BEGUN).exclude(said={}).count()
        return Drawn(number, consultation.floor, False, standing)
    kept = list(consultation.responses.filter(state=State.SENT).order_by("pk").values_list("side", "said"))
    found = Drawn(len(kept), consultation.floor, True, standing)
    if found.too_few or not standing:
        return found
    votes = np.array([[said.get(str(each.pk), np.nan) for each in standing] for _side, said in kept], dtype=float)
    _group(found, votes, standing)
    _differ(found, votes, [side == Side.COMPANY for side, _said in kept], standing)
    return found


def _group(found: Drawn, votes: Any, standing: Sequence[Statement]) -> None:
    map_ = opinions.draw(votes, least=found.floor)
    if map_ is None:
        found.reading.append(_("No groups stand apart that are large enough to be told."))
        places = _tellable([statements.counted(votes)], found.floor)
        standing, votes = [standing[place] for place in places], votes[:, places]
        told = statements.standings([statements.counted(votes)])
        found.uniting = _table(statements.uniting(told, SHOWN), standing, [_("Everybody")])
        return
    members = [map_.people[map_.labels == label] for label in range(map_.groups)]
    places = _tellable([statements.counted(votes[rows]) for rows in members], found.floor)
    standing, votes = [standing[place] for place in places], votes[:, places]
    counted = [statements.counted(votes[rows]) for rows in members]
    for label, rows in enumerate(members):
        others = np.concatenate([each for number, each in enumerate(members) if number != label])
        typical = statements.typical(counted[label], statements.counted(votes[others]))
        told_of = [
            Typical(
                standing[each.statement].text, standing[each.statement].language, each.agrees,
                percent((each.inside.agree if each.agrees else each.inside.disagree) / max(1, each.inside.seen)),
            )
            for each in typical
        ]  # fmt: skip
        found.groups.append(Group(SIGNS[label], len(rows), told_of))
    told = statements.standings(counted)
    names = [group.name for group in found.groups]
    uniting, dividing = statements.uniting(told, SHOWN), statements.dividing(told, SHOWN)
    found.uniting, found.dividing = _table(uniting, standing, names), _table(dividing, standing, names)
    step = max(1, -(-len(map_.labels) // DOTS))
    found.plane = charts.scattered(
        [(float(x), float(y)) for x, y in map_.places[::step]], [SIGNS[label] for label in map_.labels[::step]]
    )
    found.reading.append(
        ngettext("Votes make %(number)d group.", "Votes make %(number)d groups.", map_.groups) % {"number": map_.groups}
    )
    if aside := found.number - len(map_.people):
        found.reading.append(
            ngettext(
                "%(number)d person has said too little to be placed.",
                "%(number)d people have said too little to be placed.",
                aside,
            )
            % {"number": aside}
        )
    if uniting:
        first = uniting[0]
        words = _("All groups agree most with: “%(text)s”") if first.agrees else _("All groups reject: “%(text)s”")
        found.reading.append(words % {"text": standing[first.statement].text})
    if dividing:
        found.reading.append(_("What divides them most: “%(text)s”") % {"text": standing[dividing[0].statement].text})


def _tellable(counted: Sequence[Sequence[statements.Votes]], floor: int) -> list[int]:
    """The statements that nobody in a group has seen, or as many as the floor: what fewer say of one would be told of
    it, and by subtraction even where it stands for no other group.
    """
    return [
        place for place, votes in enumerate(zip(*counted, strict=True))
        if all(not each.seen or each.seen >= floor for each in votes)
    ]  # fmt: skip


def _table(told: Sequence[statements.Standing], standing: Sequence[Statement], names: Sequence[str]) -> Table | None:
    if not told:
        return None
    rows = [
        Row(standing[each.statement].text, [_vote(votes) for votes in each.votes],
            language=standing[each.statement].language)
        for each in told
    ]  # fmt: skip
    return Table(_("Statement"), list(names), rows, wide=True)


def _vote(votes: statements.Votes) -> str:
    """How a group stands to a statement: who agrees, who does not, of so many."""
    if not votes.seen:
        return "–"
    return _("%(agree)s agree, %(disagree)s do not (%(seen)d)") % {
        "agree": percent(votes.agree / votes.seen), "disagree": percent(votes.disagree / votes.seen),
        "seen": votes.seen,
    }  # fmt: skip


def _differ(found: Drawn, votes: Any, inside: Sequence[bool], standing: Sequence[Statement]) -> None:
    """Inside and outside side by side, where they differ most; told when both are as many as the floor."""
    rows = np.array(inside)
    if min(rows.sum(), (~rows).sum()) < found.floor:
        return
    pairs = list(zip(statements.counted(votes[rows]), statements.counted(votes[~rows]), strict=True))
    gaps = []
    for place, (ours, theirs) in enumerate(pairs):
        if min(ours.seen, theirs.seen) < found.floor:
            continue
        gap = difference(Share(theirs.agree, theirs.seen), Share(ours.agree, ours.seen))
        gaps.append((abs(gap.value), place, gap, ours, theirs))
    gaps.sort(key=lambda each: (-each[0], each[1]))
    if not gaps:
        return
    found.sides = Table(
        _("Statement"),
        [_("Inside"), _("Outside"), _("Difference in points (95%)")],
        [
            Row(standing[place].text, [
                _vote(ours), _vote(theirs),
                _("%(gap)s, between %(low)s and %(high)s") % {
                    "gap": plain(100 * gap.value), "low": plain(100 * gap.interval.low),
                    "high": plain(100 * gap.interval.high)},
            ], strong=gap.is_sure, language=standing[place].language,
                pair=charts.pair(ours.agree / ours.seen, theirs.agree / theirs.seen))
            for _size, place, gap, ours, theirs in gaps[:8]
        ],
        wide=True,
    )  # fmt: skip
    sure = [standing[place].text for _size, place, gap, _ours, _theirs in gaps if gap.is_sure]
    if sure:
        found.reading.append(_("Where we misread those outside most: “%(text)s”") % {"text": sure[0]})
