"""Portability: what each room adds to a complete export, and how it takes it back.

The export writes one JSON document per `Portable` and item (`dump`), keyed by stable references, never by primary
keys of this instance; `load` is given the same document and a lookup from references to the objects of the new one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from palabre.items.models import Item


class Lookup(Protocol):
    """Finds the objects of this instance that the references of an export mean."""

    def item(self, reference: str) -> Item | None: ...

    def person(self, reference: str) -> Any: ...


@dataclass(frozen=True)
class Portable:
    """What a room carries: `dump(items) -> {item pk: JSON-able}`, `load(item, data, lookup)`."""

    name: str
    dump: Callable[[Sequence[Item]], dict[int, Any]]
    load: Callable[[Item, Any, Lookup], None]
    order: int = 50


_portables: dict[str, Portable] = {}


def register(portable: Portable) -> Portable:
    """Adds what a room carries."""
    _portables[portable.name] = portable
    return portable


def every() -> list[Portable]:
    """All that is carried, in the order in which it can be loaded."""
    return sorted(_portables.values(), key=lambda each: (each.order, each.name))


def person_reference(person: Any) -> str:
    """How an export names a person: by the handle."""
    return person.handle


def item_reference(pk: int) -> str:
    """How an export names an item: by its number there."""
    return f"item-{pk}"
