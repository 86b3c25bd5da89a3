"""Quotations: the words behind an event, for whoever tells of it; rooms register those of their verbs.

A room says in which rows its words stand (`Rows`) and what one of them says of an event. The rows of all rooms are
asked for in one query, however many sorts of things happened.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import JSONObject

from palabre.journal.models import Event
from palabre.kit.html import beginning, in_full
from palabre.kit.queries import EITHER, Prepared, Slot

SHOWN = 280  # characters in a list
LONGEST = 4_000  # of what was said that a letter carries
COLUMNS = ("item", "space")  # of the journal itself; other keys stand among the particulars

Row = dict[str, Any]


@dataclass(frozen=True)
class Quote:
    """What was said, as plain text, and where it stands; `html` where it is more than plain text.

    `text` is how it begins, for a list; `whole` says it to who reads elsewhere, `cut` where even that ends.
    """

    words: str
    address: str
    html: str = ""

    @cached_property
    def text(self) -> str:
        return beginning(self.words, SHOWN)

    @cached_property
    def _full(self) -> str:
        return in_full(self.html) if self.html else self.words

    @property
    def whole(self) -> str:
        """All of it as plain text, up to a length that one still reads in a letter."""
        return beginning(self._full, LONGEST)

    @property
    def cut(self) -> bool:
        """Whether there is more than `whole` says."""
        return len(self._full) > LONGEST


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows in which words stand. `named` is the particular of an event, or the column, that says which of them is its
    own; `fields` are what is told of one, by name, with its key as `pk`. Without `needed`, an event has words even
    where there is no row.
    """

    named: str
    found: Callable[[], QuerySet[Any]]
    fields: Mapping[str, str] = field(default_factory=dict)
    needed: bool = True

    def key(self, event: Event) -> int | None:
        """Which row an event speaks of."""
        found = getattr(event, self.named) if self.named in COLUMNS else event.particulars.get(self.named)
        return found or None


Words = Callable[[Event, Row], Quote | None]

_sources: dict[str, tuple[int, Words]] = {}
_rows: list[Rows] = []


def quotes(*verbs: str, rows: Rows) -> Callable[[Words], Words]:
    """`@quotes("commented", rows=COMMENTS)` on a function that says what such an event's row says, if it says
    anything."""
    if rows not in _rows:
        _rows.append(rows)

    def register(words: Words) -> Words:
        _sources.update(dict.fromkeys(verbs, (_rows.index(rows), words)))
        return words

    return register


def quoted(events: Iterable[Event]) -> dict[int, Quote]:
    """The words of those events that have any."""
    telling = [(event, *_sources[event.verb]) for event in events if event.verb in _sources]
    keys: dict[int, set[int]] = {number: set() for number in range(len(_rows))}
    for event, number, _words in telling:
        if key := _rows[number].key(event):
            keys[number].add(key)
    found: dict[tuple[int, int], Row] = {}
    if any(keys.values()):
        asked = {_slot(number): sorted(some) for number, some in keys.items()}
        found = {(number, pk): row | {"pk": pk} for number, pk, row in _FOUND(**asked)}
    quotes = {}
    for event, number, words in telling:
        row = found.get((number, _rows[number].key(event) or 0))
        if row is None and _rows[number].needed:
            continue
        if quote := words(event, row or {}):
            quotes[event.pk] = quote
    return quotes


def quotable() -> set[str]:
    """The verbs that have words of their own."""
    return set(_sources)


def _slot(number: int) -> str:
    return f"rows{number}"


def _every() -> QuerySet[Any, Any]:
    first, *others = [
        rows.found()
        .filter(pk__among=Slot(_slot(number)))
        .order_by()
        .values_list(Value(number), "pk", JSONObject(**rows.fields))
        for number, rows in enumerate(_rows)
    ]
    return first.union(*others, all=True)


_FOUND = Prepared(_every, planned=EITHER)
