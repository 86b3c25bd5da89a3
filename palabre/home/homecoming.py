"""What home itself tells who comes there: what is talked of, among what they may see."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from palabre.items.models import Item, address
from palabre.spaces import homecoming, sight
from palabre.spaces.models import Audience

NAME = "home.trending"
MOST = 5


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
    found = homecoming.told(person, NAME) or []
    places = sight.of(person).told([each["space"] for each in found])
    return tuple(
        Talked(
            each["title"], address(each["kind"], each["pk"], each["title"]), each["language"], name, audience,
            each["people"],
        )
        for each, (_slug, name, audience) in zip(found, places, strict=True)
    )  # fmt: skip


def _told(_person: Any, _within: Any) -> ArraySubquery:
    seen = Item.objects.visible_to_asker().published().filter(trend__score__gt=0).order_by("-trend__score", "pk")
    brief = JSONObject(pk="pk", kind="kind", title="title", language="language", space="space", people="trend__people")
    return ArraySubquery(seen.values(brief=brief)[:MOST])


homecoming.tells(NAME, _told)
