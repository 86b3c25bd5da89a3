"""The `.blt` format in which programs exchange ranked ballots (Wichmann, Voting matters 1994, and its successors).

4 2            options and seats
-3             option 3 has withdrawn
12 1 2=4 0     twelve votes: 1 first, then 2 and 4 equally; 0 ends a ballot
0              ends the ballots
"Awa" …        names of the options, then of the question; some programs write each in a line, without the marks
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from palabre.counting.ballots import Option, Ranking, Unfit
from palabre.counting.poll import Poll

WORD = re.compile(r'(?:\s++|#[^\n]*+)*+([^\s"#]+)')
NAME = re.compile(r'\s+|#[^\n]*|"((?:[^"\\\n]|\\.)*)"(?=[\s#"]|$)|([^\s"#][^\n]*)')
MOST = 10_000  # options; a larger number is no ballot


@dataclass(frozen=True)
class Sheet:
    """What a file says. Options are known by their number as text ("1"), `names` has what each is called."""

    title: str
    names: dict[Option, str]
    seats: int
    ballots: dict[Ranking, int]
    withdrawn: frozenset[Option] = frozenset()

    def poll(self) -> Poll[Ranking]:
        """The ballots, as if who has withdrawn had never been there."""
        left: Counter[Ranking] = Counter()
        for ballot, votes in self.ballots.items():
            ranks = (tuple(option for option in rank if option not in self.withdrawn) for rank in ballot.ranks)
            left[Ranking(tuple(rank for rank in ranks if rank))] += votes
        return Poll.of([option for option in self.names if option not in self.withdrawn], left)


def decoded(held: bytes) -> str:
    """The text of a file: old programs wrote the alphabet of their system, and some of today's write UTF-16."""
    if held.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return held.decode("utf-16", "replace")
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("cp1252", "replace")


def read(text: str) -> Sheet:
    """Unfit: text that is not in this format."""
    text = text.removeprefix("\ufeff")
    words = _words(text)
    try:
        options, seats = _number(next(words)[1]), _number(next(words)[1])
        if not (0 < options <= MOST and seats > 0):
            raise Unfit(f"A file begins with how many options and seats there are, not {options} and {seats}.")
        withdrawn, ballots = set[Option](), Counter[Ranking]()
        word = next(words)
        while word[1].startswith("-"):
            withdrawn.add(_option(word[1][1:], options))
            word = next(words)
        while word[1] != "0":
            votes, ranks = _number(word[1]), list[tuple[Option, ...]]()
            while (one := next(words)[1]) != "0":
                if one != "-":  # a rank left out
                    ranks.append(tuple(_option(each, options) for each in one.split("=")))
            ballots[Ranking(tuple(ranks))] += votes
            word = next(words)
    except StopIteration:
        raise Unfit("The ballots have no end: a line with 0 is missing.") from None
    names = _names(text[word.end() :])
    if len(names) not in (0, options, options + 1):
        raise Unfit(f"There are {options} options, and {len(names)} names.")
    called = {str(n + 1): names[n] if names else str(n + 1) for n in range(options)}
    if any(votes < 1 for votes in ballots.values()):
        raise Unfit("A ballot counts one vote at least.")
    return Sheet(names[options] if len(names) > options else "", called, seats, dict(ballots), frozenset(withdrawn))


def write(title: str, names: Mapping[Option, str], seats: int, poll: Poll[Ranking]) -> str:
    """The file of a poll; options get numbers in the order of the ballot, and equal ballots are one line."""
    number = {option: str(place) for place, option in enumerate(poll.options, 1)}
    lines = []
    for ballot, votes in poll.piles:
        ranks = ("=".join(sorted((number[option] for option in rank), key=int)) for rank in ballot.ranks)
        lines.append((votes, " ".join([*ranks, "0"])))
    lines.sort(key=lambda line: (-line[0], line[1]))
    written = [f"{votes} {ballot}" for votes, ballot in lines]
    called = [_quoted(names[option]) for option in poll.options]
    return "\n".join([f"{len(poll.options)} {seats}", *written, "0", *called, _quoted(title)]) + "\n"


def _words(text: str) -> Iterator[re.Match[str]]:
    """What stands before the first name."""
    found = WORD.match(text)
    while found:
        yield found
        found = WORD.match(text, found.end())


def _names(text: str) -> list[str]:
    """What stands behind the ballots: names in quotation marks, or without them to the end of their line."""
    names, place = list[str](), 0
    while place < len(text):
        found = NAME.match(text, place)
        if not found:
            raise Unfit("A name has no closing quotation mark, or more behind it.")
        if found[1] is not None:
            names.append(re.sub(r"\\(.)", r"\1", found[1]))
        elif found[2] is not None:
            names.append(found[2].strip())
        place = found.end()
    return names


def _number(word: str) -> int:
    if not re.fullmatch(r"\d{1,12}", word, re.ASCII):
        raise Unfit(f"A whole number is needed where {word[:40]!r} stands.")
    return int(word)


def _option(word: str, options: int) -> Option:
    number = _number(word)
    if not 1 <= number <= options:
        raise Unfit(f"There is no option {number}: they go from 1 to {options}.")
    return str(number)


def _quoted(name: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", " ".join(name.split())) + '"'
