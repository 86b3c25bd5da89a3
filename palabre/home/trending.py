"""What is talked of, among what a reader may see."""

from dataclasses import dataclass
from typing import Any

from palabre.items.models import Item, address, asking
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.spaces import sight
from palabre.spaces.models import Audience

MOST = 5

_SEEN = Prepared(
    lambda: (
        Item.objects.visible_to_asker()
        .published()
        .filter(trend__score__gt=Slot("least"))
        .order_by("-trend__score", "pk")
        .values_list("pk", "kind", "title", "language", "space", "trend__people")[:MOST]
    ),
    planned=EITHER,
)


@dataclass(frozen=True, slots=True)
class Talked:
    """An item, the name and the audience of where it stands, and how many people took part lately."""

    title: str
    address: str
    language: str
    space: str
    audience: str
    people: int

    @property
    def reach(self) -> Any:
        """Who reads it, in words."""
        return Audience(self.audience).label


def trending(person: Any) -> tuple[Talked, ...]:
    """What is talked of most, by `Trend.score`; what the reader may not see takes nobody's place."""
    found = _SEEN(least=0, **asking(person))
    places = sight.of(person).told([space for *_item, space, _people in found])
    return tuple(
        Talked(title, address(kind, pk, title), language, name, audience, people)
        for (pk, kind, title, language, _space, people), (_slug, name, audience) in zip(found, places, strict=True)
    )
