"""What is talked of, among what a reader may see."""

from dataclasses import dataclass
from typing import Any

from palabre.items.models import Item, address, asking
from palabre.kit.queries import Prepared, Slot
from palabre.spaces import sight
from palabre.spaces.models import Space

MOST = 5

_SEEN = Prepared(
    lambda: (
        Item.objects.visible_to_asker()
        .published()
        .filter(trend__score__gt=Slot("least"))
        .order_by("-trend__score", "pk")
        .values_list("pk", "kind", "title", "language", "space", "trend__people")[:MOST]
    )
)


@dataclass(frozen=True, slots=True)
class Talked:
    """An item, where it stands, and how many people took part lately."""

    title: str
    address: str
    language: str
    space: Space
    people: int


def trending(person: Any) -> list[Talked]:
    """What is talked of most, by `Trend.score`; what the reader may not see takes nobody's place."""
    spaces = sight.of(person).spaces
    return [
        Talked(title, address(kind, pk, title), language, spaces[space], people)
        for pk, kind, title, language, space, people in _SEEN(least=0, **asking(person))
    ]
