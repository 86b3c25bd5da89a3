"""One search: the words, inside what the reader may see, in the order of ranking, with its counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from tantivy import DocAddress, Order, Query, Searcher

from palabre.search import ranking
from palabre.search.plan import Asked, begins, between, within
from palabre.search.query import NOTHING
from palabre.search.schema import Kept, any_of, matches, seconds

LEAST = (2, 1)
ENOUGH = 10
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


@dataclass(frozen=True)
class Found:
    """The results of a search over one snapshot of the index. Nothing more is read until it is asked for."""

    searcher: Searcher
    asked: Asked
    reach: Reach
    choice: Choice
    least: int
    total: int
    places: Sequence[tuple[float, DocAddress, int]]
    again: Callable[[Reach], "Found"]

    def hits(self, start: int, size: int) -> list[Hit]:
        return [
            Hit(pk, score, Kept.of(self.searcher.doc(address)))
            for score, address, pk in self.places[start : start + size]
        ]

    def without(self, ids: Sequence[int]) -> "Found":
        """The same search, as if these items were not there."""
        return self.again(Reach(self.reach.spaces, (*self.reach.hidden, *ids)))

    @cached_property
    def counts(self) -> dict[str, dict]:
        """For each facet, how many results each of its values has; what is ticked in a facet does not narrow it."""
        together: dict[str, list[str]] = {}
        for name in FACETS:
            together.setdefault(name if self.choice.narrows(name) else "", []).append(name)
        return {
            name: count for without, names in together.items() for name, count in self._counted(names, without).items()
        }

    def _counted(self, names: Sequence[str], without: str) -> dict[str, dict]:
        now = self.asked.now
        narrow = self.choice.queries(now, without)
        query = within(self.asked.matching(self.least, self.searcher), self.reach.spaces, self.reach.hidden, narrow)
        answer = self.searcher.aggregate(query, {name: _aggregation(name, now) for name in names})
        return {name: _read(name, part["buckets"], now) for name, part in answer.items()}


def search(searcher: Searcher, asked: Asked, reach: Reach, choice: Choice | None = None, newest: bool = False) -> Found:
    """Two of the words at least if that finds enough, else any of them: short queries stay precise, and long
    questions find too (asking for half of the words costs Cranfield 0.05 of nDCG, for two of them nothing)."""
    choice = choice or Choice()
    narrow = choice.queries(asked.now)
    for least in LEAST if len(asked.weighty) > 1 else LEAST[-1:]:
        query = within(asked.matching(least, searcher), reach.spaces, reach.hidden, narrow)
        places, total = _newest(searcher, query) if newest else _best(searcher, query, asked.now)
        if total >= ENOUGH:
            break

    def again(reach: Reach) -> Found:
        return search(searcher, asked, reach, choice, newest)

    return Found(searcher, asked, reach, choice, least, total, places, again)


def beginning(searcher: Searcher, text: str, reach: Reach, now: datetime) -> Found:
    """Items whose title the text begins to say."""
    places, total = _best(searcher, within(begins(text), reach.spaces, reach.hidden), now)

    def again(reach: Reach) -> Found:
        return beginning(searcher, text, reach, now)

    return Found(searcher, Asked(NOTHING, now=now), reach, Choice(), 1, total, places, again)


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
    return {"terms": {"field": name, "size": MOST_VALUES}}


def _read(name: str, buckets: Sequence[dict], now: datetime) -> dict:
    if name != "age":
        return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    counts, older = dict.fromkeys(AGES, 0), 0
    found = {bucket.get("from"): bucket["doc_count"] for bucket in buckets}
    for age, days in AGES.items():
        counts[age] = older = older + found.get(float(seconds(now - timedelta(days=days))), 0)
    return counts
