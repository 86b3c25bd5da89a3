"""One search: the words, inside what the reader may see, in the order of ranking, with its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import zip_longest

from tantivy import DocAddress, Order, Query, Searcher

from palabre.search import ranking
from palabre.search.bounds import bounds
from palabre.search.clauses import begins, between, within
from palabre.search.plan import Asked, Width
from palabre.search.query import NOTHING
from palabre.search.schema import Kept, any_of, matches, seconds

ENOUGH = 10
PLENTY = 100
FACETS = ("kind", "space", "tag", "author", "age")
MOST_VALUES = 12
AGES = {"day": 1, "week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Reach:
    """What a reader may find: in these spaces (None: in all), and none of these items, which have changed since."""

    spaces: Sequence[int] | None
    hidden: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What was ticked among the facets: one of these kinds, and one of these spaces, and…"""

    values: Mapping[str, Sequence[int | str]] = field(default_factory=dict)
    age: str = ""

    def narrows(self, name: str) -> bool:
        return bool(self.age if name == "age" else self.values.get(name))

    def queries(self, now: datetime, without: str = "") -> list[Query]:
        chosen = [any_of(name, values) for name, values in self.values.items() if values and name != without]
        if self.age in AGES and without != "age":
            chosen.append(between("written", start=seconds(now - timedelta(days=AGES[self.age]))))
        return chosen


@dataclass(frozen=True, slots=True)
class Hit:
    id: int
    score: float
    kept: Kept
    fallen: bool = False  # it may be out of date


@dataclass(frozen=True)
class Found:
    """The results of a search over one snapshot of the index. Nothing more is read until it is asked for."""

    searcher: Searcher
    asked: Asked
    reach: Reach
    choice: Choice
    width: Width
    total: int
    places: Sequence[tuple[float, DocAddress, int]]

    def hits(self, start: int, size: int) -> list[Hit]:
        shown = self.places[start : start + size]
        fallen = ranking.fallen(self.searcher, [address for _, address, _ in shown], self.asked.now)
        return [
            Hit(pk, score, Kept.of(self.searcher.doc(address)), old)
            for (score, address, pk), old in zip(shown, fallen, strict=True)
        ]

    @cached_property
    def counts(self) -> dict[str, dict]:
        """For each facet, how many results each of its most frequent values has, and each that is ticked; what is
        ticked in a facet does not narrow it."""
        together: dict[str, list[str]] = {}
        for name in FACETS:
            together.setdefault(name if self.choice.narrows(name) else "", []).append(name)
        found = {
            name: count for without, names in together.items() for name, count in self._counted(names, without).items()
        }
        for name, values in self.choice.values.items():
            found[name] |= {value: self._number(name, value) for value in values if value and value not in found[name]}
        return found

    def _number(self, name: str, value: int | str) -> int:
        """How many results one value has that is not among the most frequent."""
        narrow = [*self.choice.queries(self.asked.now, name), any_of(name, [value])]
        query = _composed(self.searcher, self.asked, self.width, self.reach, narrow, ranked=False)
        return matches(self.searcher.search(query, 1))

    def _counted(self, names: Sequence[str], without: str) -> dict[str, dict]:
        now = self.asked.now
        narrow = self.choice.queries(now, without)
        query = _composed(self.searcher, self.asked, self.width, self.reach, narrow, ranked=False)
        answer = self.searcher.aggregate(query, {name: _aggregation(name, now) for name in names})
        return {name: _read(name, part["buckets"], now) for name, part in answer.items()}


def search(searcher: Searcher, asked: Asked, reach: Reach, choice: Choice | None = None, newest: bool = False) -> Found:
    """Two of the words at least if that finds enough, else any of them: short queries stay precise, and long
    questions find too (asking for half of the words costs Cranfield 0.05 of nDCG, for two of them nothing). By pieces
    of words only where the words themselves do not find plenty. What is enough is counted inside the reach: how wide
    a search goes tells nothing of what its reader may not see."""
    choice = choice or Choice()
    narrow = choice.queries(asked.now)
    widths = asked.widths(searcher)
    for width, following in zip_longest(widths, widths[1:]):
        query = _composed(searcher, asked, width, reach, narrow, ranked=not newest)
        places, total = _newest(searcher, query) if newest else _best(searcher, query, asked.now)
        if following is None or total >= (ENOUGH if following.finely == width.finely else PLENTY):
            break
    return Found(searcher, asked, reach, choice, width, total, places)


def beginning(searcher: Searcher, text: str, reach: Reach, now: datetime) -> Found:
    """Items whose title the text begins to say."""
    query = within(begins(text), bounds(searcher, reach.spaces), reach.hidden)
    places, total = _best(searcher, query, now)
    return Found(searcher, Asked(NOTHING, now=now), reach, Choice(), Width(1, False), total, places)


def alike(searcher: Searcher, asked: Asked, least: int, reach: Reach) -> Found:
    """What holds at least so many of the words, by their stems, the best first."""
    width = Width(least, finely=False)
    query = _composed(searcher, asked, width, reach, ())
    places, total = _best(searcher, query, asked.now)
    return Found(searcher, asked, reach, Choice(), width, total, places)


def _composed(
    searcher: Searcher, asked: Asked, width: Width, reach: Reach, narrow: Sequence[Query], *, ranked: bool = True
) -> Query:
    held = asked.matching(width, searcher, ranked=ranked)
    return within(held, bounds(searcher, reach.spaces), reach.hidden, narrow)


def _best(searcher: Searcher, query: Query, now: datetime) -> tuple[list, int]:
    result = searcher.search(query, ranking.WINDOW)
    return ranking.ordered(searcher, result.hits, now), matches(result)


def _newest(searcher: Searcher, query: Query) -> tuple[list, int]:
    result = searcher.search(query, ranking.WINDOW, order_by_field="written", order=Order.Desc)
    ids = searcher.fast_field_values("id", [address for _, address in result.hits])
    dated = [(moment or 0, int(pk or 0), address) for (moment, address), pk in zip(result.hits, ids, strict=True)]
    dated.sort(key=lambda hit: (-hit[0], -hit[1]))  # of what was written in the same second, the last first
    return [(0.0, address, pk) for _, pk, address in dated], matches(result)


def _aggregation(name: str, now: datetime) -> dict:
    if name == "age":
        starts = [float(seconds(now - timedelta(days=days))) for days in sorted(AGES.values(), reverse=True)]
        ranges = [{"from": start, "to": end} for start, end in zip(starts, [*starts[1:], 1e18], strict=True)]
        return {"range": {"field": "written", "ranges": ranges}}
    return {"terms": {"field": name, "size": MOST_VALUES + 1}}


def _read(name: str, buckets: Sequence[dict], now: datetime) -> dict:
    if name != "age":
        return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    counts, older = dict.fromkeys(AGES, 0), 0
    found = {bucket.get("from"): bucket["doc_count"] for bucket in buckets}
    for age, days in AGES.items():
        counts[age] = older = older + found.get(float(seconds(now - timedelta(days=days))), 0)
    return counts
