"""Ballots as election researchers write them, one pile a line (ABIF, the aggregated ballot information format, 2021).

{"title": "Capital"}       about the vote; anything else that is said so is not asked for
=Mem:[Memphis, TN]         a short name and what it stands for; where there are none, names stand in the ballots
42: Mem > Nash = Chat      forty-two votes: Mem first, then two equally; `42 *` says the same
26: Nash/5, Mem/2          points, which are an order too: by themselves, or as they stand if `>` orders them
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from palabre.counting.ballots import Approval, Ballot, Option, Ranking, Scores, Unfit
from palabre.counting.poll import Poll

MOST = 10_000  # options; a larger number is no vote
_TITLE = re.compile(r"""\{\s*["']?title["']?\s*:\s*"((?:[^"\\]|\\.)*)"\s*\}""")
_NAMED = re.compile(r"=\s*(\[[^\[\]]+\]|[^\s\[\]:]+)\s*:\s*\[([^\[\]]*)\]|\[([^\[\]]+)\]\s*:\s*([^\s\[\]:]+)")
_PILE = re.compile(r"(\d{1,12})\s*[:*](.*)", re.ASCII)
_ONE = re.compile(r"\s*(\[[^\[\]]+\]|[^\s\[\]<>=,/:*]+)\s*(?:/\s*(\d{1,6})\s*)?([>=,]|$)")


@dataclass(frozen=True)
class Written:
    """What a file says. Options are known by their short names, `names` has what each is called; `scores` is None where
    no ballot gives points, `highest` the most that one gives.
    """

    title: str
    names: dict[Option, str]
    rankings: dict[Ranking, int]
    scores: dict[Scores, int] | None
    is_ordered: bool
    highest: int

    def poll(self, kind: str) -> Poll[Ballot]:
        """The ballots as `ranking`s, as `scores`, or as `approval`s where nobody puts one option before another. Unfit:
        points where there are none.
        """
        ballots: dict[Ballot, int] = dict(self.rankings.items())
        if kind == Scores.kind:
            if self.scores is None:
                raise Unfit("Its ballots give no points: they can be counted as orders only.")
            ballots = dict(self.scores.items())
        elif kind == Approval.kind and all(len(ballot.ranks) < 2 for ballot in self.rankings):
            ballots = {Approval(frozenset(ballot.named())): votes for ballot, votes in self.rankings.items()}
        return Poll.of(tuple(self.names), ballots)


@dataclass(frozen=True)
class _Paper:
    """One ballot: its places from the best, each with who stands there, and the points it gives."""

    places: list[list[Option]]
    points: dict[Option, int]
    is_ordered: bool

    @property
    def ranking(self) -> Ranking:
        if self.is_ordered or not self.points:
            return Ranking(tuple(tuple(place) for place in self.places if place))
        worth = sorted(set(self.points.values()), reverse=True)
        return Ranking(tuple(tuple(each for each, points in self.points.items() if points == one) for one in worth))


def read(text: str) -> Written:
    """Unfit: text that is not in this format."""
    title, names, papers = "", dict[Option, str](), list[tuple[int, _Paper]]()
    for line in map(str.strip, text.removeprefix("\ufeff").splitlines()):
        if not line or line.startswith(("#", "ABIF")):
            continue
        if line.startswith("{"):
            title = re.sub(r"\\(.)", r"\1", found[1]) if (found := _TITLE.fullmatch(line)) else title
        elif found := _NAMED.fullmatch(line):
            key, name, early, short = found.groups()
            names[_bare(key or short)] = (name or early or _bare(key)).strip()
        elif found := _PILE.fullmatch(line):
            papers.append((_votes(found[1]), _paper(found[2])))
        else:
            raise Unfit(f"A line holds ballots (12: A>B), a name (=A:[Awa]) or a remark (#), not {line[:40]!r}.")
    if not papers:
        raise Unfit("It holds no ballots: no line begins with how many cast them, as in 12: A>B.")
    for _, paper in papers:
        names |= {each: each for place in paper.places for each in place if each not in names}
    if not 0 < len(names) <= MOST:
        raise Unfit(f"A vote is between one option and {MOST}: here are {len(names)}.")
    rankings, scores = Counter[Ranking](), Counter[Scores]()
    for votes, paper in papers:
        rankings[paper.ranking] += votes
        scores[Scores.of(paper.points)] += votes
    highest = max((points for _, paper in papers for points in paper.points.values()), default=0)
    is_ordered = any(paper.is_ordered for _, paper in papers)
    return Written(title, names, dict(rankings), dict(scores) if highest else None, is_ordered, highest)


def write(title: str, names: Mapping[Option, str], poll: Poll[Any]) -> str:
    """The file of a poll of rankings, points or approvals; equal ballots are one line, the most frequent first."""
    short = {option: f"o{place}" for place, option in enumerate(poll.options, 1)}
    piles = [(votes, _said(ballot, short)) for ballot, votes in poll.piles]
    piles.sort(key=lambda pile: (-pile[0], pile[1]))
    head = json.dumps({"title": " ".join(title.split())}, ensure_ascii=False)
    called = [f"={short[option]}:[{_unbracketed(names[option])}]" for option in poll.options]
    return "\n".join([head, *called, *(f"{votes}: {said}".rstrip() for votes, said in piles)]) + "\n"


def _said(ballot: Ballot, short: Mapping[Option, str]) -> str:
    """One ballot, options in the order in which they were declared wherever none goes first."""
    match ballot:
        case Ranking(ranks):
            return " > ".join(" = ".join(short[each] for each in short if each in rank) for rank in ranks)
        case Approval():
            return " = ".join(short[each] for each in short if each in ballot.named())
        case Scores():
            given = ballot.plain()
            return ", ".join(f"{short[each]}/{given[each]}" for each in short if each in given)
    raise Unfit("Only orders, points and approvals are written in this format.")


def _unbracketed(name: str) -> str:
    return " ".join(name.translate({ord("["): "(", ord("]"): ")"}).split())


def _paper(written: str) -> _Paper:
    """Of what stands behind the colon, as far as a second one, which begins remarks for machines."""
    said = re.sub(r":\s*\{.*\}\s*$", "", written)
    places, points, seen, at = [list[Option]()], dict[Option, int](), set[Option](), 0
    while at < len(said) and said[at:].strip():
        one = _ONE.match(said, at)
        if not one:
            raise Unfit(f"A ballot names options with > = or , between them, not {said[at:].strip()[:40]!r}.")
        option, given, then = _bare(one[1]), one[2], one[3]
        if option in seen:
            raise Unfit(f"An option stands twice on a ballot: {option[:40]!r}.")
        seen.add(option)
        places[-1].append(option)
        if given:
            points[option] = int(given)
        if then == ">":
            places.append([])
        at = one.end()
        if then and not said[at:].strip():
            raise Unfit(f"A ballot ends with {then}, and nothing behind it: {said.strip()[-40:]!r}.")
    return _Paper(places, points, is_ordered=len(places) > 1)


def _votes(written: str) -> int:
    if int(written) < 1:
        raise Unfit("A ballot counts one vote at least.")
    return int(written)


def _bare(token: str) -> str:
    return token[1:-1].strip() if token.startswith("[") else token
