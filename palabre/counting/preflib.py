"""Ballots as PrefLib publishes them (Mattei and Walsh, ADT 2013), in the form of 2022 and in the one before.

# ALTERNATIVE NAME 1: Awa    who is voted on; older files begin with `4`, lines `1,Awa`, and a line of three sums
12: 1,{2,4}                  twelve votes: 1 first, then 2 and 4 equally; older files write `12,1,{2,4}`

A .cat has categories instead of places, the best first, and says what each ballot put there: `5: {1,2},3,{}`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from palabre.counting.ballots import Approval, Ballot, Grades, Option, Ranking, Unfit
from palabre.counting.poll import Poll

ORDERS, CATEGORIES = (".soc", ".soi", ".toc", ".toi"), ".cat"  # how their names end
MOST = 10_000  # alternatives; a larger number is no ballot
_SAID = re.compile(r"#\s*([A-Z][A-Z ]*?)\s*(\d*)\s*:\s*(.*)")
_VOTES = re.compile(r"\s*(\d{1,12})\s*[:,]?(.*)", re.ASCII)
_PLACE = re.compile(r"\s*(?:\{([\d,\s]*)\}|(\d+))\s*(,|$)", re.ASCII)


@dataclass(frozen=True)
class Published:
    """What a file says. Alternatives are known by their number as text ("1"), `names` has what each is called;
    `categories` is how many there are, 0 for orders.
    """

    title: str
    names: dict[Option, str]
    ballots: dict[Ballot, int]
    categories: int = 0

    def poll(self) -> Poll[Ballot]:
        return Poll.of(tuple(self.names), self.ballots)


def read(text: str, *, categories: bool = False) -> Published:
    """The orders of a file, or its `categories`: of two, what was approved, of more, grades. Unfit: another format."""
    said, lines = _head(text)
    if "ALTERNATIVE NAME" not in said:
        if categories:
            raise Unfit("It names no alternatives: no line begins with # ALTERNATIVE NAME.")
        return Published("", *_older(lines))
    names = dict(said["ALTERNATIVE NAME"])
    stated = said.get("NUMBER ALTERNATIVES", [("", str(len(names)))])[0][1]
    if stated != str(len(names)) or not 0 < len(names) <= MOST:
        raise Unfit(f"It announces {stated[:20]} alternatives, and names {len(names)}.")
    number = len(said.get("CATEGORY NAME", ())) if categories else 0
    if categories and number < 2:
        raise Unfit("Of fewer than two categories nothing can be counted.")
    title = dict(said.get("TITLE", [])).get("", "")
    return Published(title, names, _ballots(lines, names, number), number)


def _head(text: str) -> tuple[dict[str, list[tuple[str, str]]], list[str]]:
    """What stands behind `#`, as (number, value) by its name; and the other lines."""
    said: dict[str, list[tuple[str, str]]] = {}
    lines = []
    for line in text.removeprefix("\ufeff").splitlines():
        if found := _SAID.fullmatch(line.strip()):
            said.setdefault(found[1], []).append((found[2], found[3].strip()))
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
    return said, lines


def _older(lines: list[str]) -> tuple[dict[Option, str], dict[Ballot, int]]:
    """A file from before 2022: how many there are, their names, sums that are not asked for, and the ballots."""
    number = int(lines[0]) if lines and re.fullmatch(r"\s*\d{1,5}\s*", lines[0], re.ASCII) else 0
    named = [line.partition(",") for line in lines[1 : number + 1]]
    if not number or [key.strip() for key, _, _ in named] != [str(n) for n in range(1, number + 1)]:
        raise Unfit("It names no alternatives, neither behind # nor in lines of their own.")
    names = {key.strip(): name.strip() for key, _, name in named}
    return names, _ballots(lines[number + 2 :], names, 0)


def _ballots(lines: list[str], names: dict[Option, str], categories: int) -> dict[Ballot, int]:
    ballots: Counter[Ballot] = Counter()
    for line in lines:
        votes = _VOTES.fullmatch(line)
        if not votes or int(votes[1]) < 1:
            raise Unfit(f"A ballot begins with how many cast it, not {line[:40]!r}.")
        places = list(_places(votes[2]))
        if unknown := next((each for place in places for each in place if each not in names), None):
            raise Unfit(f"There is no alternative {unknown}: they go from 1 to {len(names)}.")
        ballots[_sorted(places, categories) if categories else Ranking(tuple(filter(None, places)))] += int(votes[1])
    return dict(ballots)


def _places(written: str) -> Iterator[tuple[Option, ...]]:
    """What stands in each place of a ballot."""
    at = 0
    while at < len(written):
        place = _PLACE.match(written, at)
        if not place:
            raise Unfit(f"A place holds a number, or several in braces, not {written[at:][:40]!r}.")
        some, one, then = place.groups()
        yield (one,) if one else tuple(each.strip() for each in some.split(",") if each.strip())
        at = place.end()
        if then and at == len(written):
            raise Unfit(f"A ballot ends with a comma: {written[-40:]!r}.")


def _sorted(places: list[tuple[Option, ...]], categories: int) -> Ballot:
    """A ballot of categories, the best first: two say what is approved, more are grades, from the worst, 0."""
    named = [each for place in places for each in place]
    if len(places) > categories or len(set(named)) < len(named):
        raise Unfit(f"A ballot puts each alternative into one of {categories} categories, and once.")
    if categories == 2:
        return Approval(frozenset(places[0] if places else ()))
    return Grades.of({each: categories - 1 - rank for rank, place in enumerate(places) for each in place})
