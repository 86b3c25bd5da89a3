"""Quotations: the words behind an event, for whoever tells of it; rooms register those of their verbs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from palabre.journal.models import Event
from palabre.kit.html import beginning, in_full

LONGEST = 4_000  # characters of what was said that a letter carries


@dataclass(frozen=True)
class Quote:
    """How something begins that was said, as plain text, and where it stands.

    `html` is all of it, where that may be more; `whole` says it to who reads elsewhere, `cut` where even that ends.
    """

    text: str
    address: str
    html: str = ""

    @cached_property
    def _full(self) -> str:
        return in_full(self.html) if self.html else self.text

    @property
    def whole(self) -> str:
        """All of it as plain text, up to a length that one still reads in a letter."""
        return beginning(self._full, LONGEST)

    @property
    def cut(self) -> bool:
        """Whether there is more than `whole` says."""
        return len(self._full) > LONGEST


Source = Callable[[Sequence[Event]], Mapping[int, Quote]]

_sources: dict[str, Source] = {}


def quotes(*names: str) -> Callable[[Source], Source]:
    """`@quotes("commented")` on a function that finds the words of many such events at once, by primary key."""

    def register(source: Source) -> Source:
        for name in names:
            _sources[name] = source
        return source

    return register


def quoted(events: Iterable[Event]) -> dict[int, Quote]:
    """The words of those events that have any."""
    by_source: dict[Source, list[Event]] = {}
    for event in events:
        if source := _sources.get(event.verb):
            by_source.setdefault(source, []).append(event)
    return {pk: quote for source, said in by_source.items() for pk, quote in source(said).items()}


def quotable() -> set[str]:
    """The verbs that have words of their own."""
    return set(_sources)
