"""What follows from a text, in the transaction that saves it, so that authors see their page whole.

Links, tags and mentions stand above this room: they register here what they derive. Derivations are bulk by design,
since an import saves a thousand texts at once. `receives` is for what is given beside a text, such as tags by hand.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from palabre.authoring.document import Document
from palabre.items.models import Item
from palabre.kit.postgresql.keys import Keys
from palabre.kit.queries import EITHER
from palabre.kit.together import ROWS, Together

Batch = Sequence[tuple[Item, Document]]
Standing = Sequence[dict[str, Any]]
"""What stands of the items of a batch: a dictionary for each row, by its columns."""
Derivation = Callable[[Batch], None]
Comparison = Callable[[Batch, Standing], None]
Receiver = Callable[[Sequence[tuple[Item, Any]], Any, bool], int]

_derivations: list[Derivation] = []
_comparisons: dict[Comparison, str] = {}
_receivers: dict[str, Receiver] = {}


def derives_from_text(derivation: Derivation) -> Derivation:
    """Registers a function of a batch of (item, document); it runs whenever texts are saved."""
    if derivation not in _derivations:
        _derivations.append(derivation)
    return derivation


def compares_with(standing: str) -> Callable[[Comparison], Comparison]:
    """Registers a function that brings what stands of a batch in line with its texts. `standing` is the statement that
    finds it, of the slot `items`: those of all rooms are asked together."""

    def register(comparison: Comparison) -> Comparison:
        _comparisons[comparison] = standing
        _standing.cache_clear()
        return comparison

    return register


def receives(name: str) -> Callable[[Receiver], Receiver]:
    """`@receives("tags")` on a function of a batch of (item, what was given), of who gives it, and of whether the
    journal is yet to tell of these items; it returns how much of it is new."""

    def register(receiver: Receiver) -> Receiver:
        _receivers[name] = receiver
        return receiver

    return register


def derive(batch: Batch) -> None:
    """Runs every derivation; called inside the transaction that saves the texts, by whoever saves them."""
    found = _standing()(items=Keys(item.pk for item, _ in batch))
    for comparison, rows in zip(_comparisons, found, strict=True):
        comparison(batch, json.loads(rows) if rows else ())
    for derivation in _derivations:
        derivation(batch)


@cache
def _standing() -> Together:
    return Together([(ROWS, statement) for statement in _comparisons.values()], planned=EITHER)


def hand_over(name: str, batch: Sequence[tuple[Item, Any]], by: Any, told: bool = False) -> int:
    """Gives what came beside the texts to the room that receives it; none does, it is not kept. Returns how much of it
    is new. `told`: the items are new themselves, and the journal is about to tell of them."""
    return _receivers[name](batch, by, told) if batch and name in _receivers else 0
