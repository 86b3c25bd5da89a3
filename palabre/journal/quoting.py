"""Quotations: the words behind an event, for whoever tells of it; rooms register those of their verbs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from palabre.journal.models import Event


@dataclass(frozen=True)
class Quote:
    """What was said, as plain text, and where it stands."""

    text: str
    address: str


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
