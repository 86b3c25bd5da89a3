"""The company tags keep: which go together, who uses them, what is talked about these days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from palabre.items import seeing
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.clock import now
from palabre.kit.queries import Written
from palabre.people.models import Person
from palabre.spaces import homecoming
from palabre.tags.models import Tag, Tagging

OF_THE_WEEK = "tags.week"
WEEK = 7
LATEST, SHOWN = 200, 6

# Days are those of where the reader lives; names are looked up for the few tags that are shown. Each item is looked up
# by its key, whatever the plan (`OFFSET 0` holds it to that), and once for the tags that were put on it together: only
# the latest are asked for.
_PUT = """
WITH put AS (
  SELECT tag_id, (at AT TIME ZONE %(tags_zone)s)::date AS day FROM tags_tagging tagging,
    LATERAL (SELECT FROM ({visible}) AS seen(pk) WHERE seen.pk = tagging.item_id OFFSET 0) AS there
  WHERE at >= %(tags_since)s
  ORDER BY at DESC LIMIT %(latest)s
), counted AS (
  SELECT tag_id, day, count(*) AS number FROM put GROUP BY tag_id, day
), most AS (
  SELECT tag_id FROM counted GROUP BY tag_id ORDER BY sum(number) DESC, tag_id LIMIT %(shown)s
)
SELECT tag.key, tag.name, counted.day, counted.number
FROM most JOIN counted ON counted.tag_id = most.tag_id JOIN tags_tag tag ON tag.id = most.tag_id
"""


def bearing(person: Any, tags: Sequence[Tag]) -> ItemQuerySet:
    """The items that bear all of `tags`, as far as `person` sees."""
    items = Item.objects.visible_to(person)
    for tag in tags:
        items = items.filter(Exists(Tagging.objects.filter(item=OuterRef("pk"), tag=tag)))
    return items


def beside(person: Any, items: QuerySet[Item], tags: Sequence[Tag], limit: int = 24) -> list[Tag]:
    """Other tags on these items, the most frequent first, each with `together`, how many bear it too."""
    counted = (
        Tagging.objects.filter(item__in=items.order_by().values("pk"))
        .exclude(tag__in=tags)
        .order_by()
        .values_list("tag__name", "tag__key")
        .annotate(n=Count("pk"))
        .order_by("-n", "tag__key")
    )
    return [_with(Tag(name=name, key=key), together=number) for name, key, number in counted[:limit]]


def authors(person: Any, items: QuerySet[Item], limit: int = 8) -> list[Person]:
    """Whom `person` may meet of those who wrote these items, each with `said`, how many."""
    counted = (
        items.filter(author__in=Person.objects.visible_to(person).order_by().values("pk"))
        .order_by()
        .values("author")
        .annotate(n=Count("pk"))
        .order_by("-n", "author")
    )
    numbers = {row["author"]: row["n"] for row in counted[:limit]}
    found = Person.objects.select_related("organisation").in_bulk(numbers)
    return [_with(found[pk], said=number) for pk, number in numbers.items()]


def together(person: Any, keys: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each of these tags, the tags that stand beside it on visible items, and how often."""
    pairs = (
        Tagging.objects.visible_to(person)
        .filter(tag__key__in=keys)
        .order_by()
        .values_list("tag__key", "item__taggings__tag__key")
        .annotate(n=Count("pk"))
    )
    found: dict[str, dict[str, int]] = {}
    for key, other, number in pairs:
        if other not in keys:
            found.setdefault(key, {})[other] = number
    return found


def of_the_week(person: Any) -> list[dict[str, Any]]:
    """The tags put most in the last seven days on what `person` sees: tag, total, and a count for each day.

    Of a week with more than `LATEST` of them (an import), the latest: every home page asks this.
    """
    today = timezone.localdate()
    talked: dict[str, dict[str, Any]] = {}
    for put in homecoming.told(person, OF_THE_WEEK) or ():
        entry = talked.setdefault(put["key"], {"key": put["key"], "name": put["name"], "total": 0, "days": [0] * WEEK})
        entry["total"] += put["number"]
        # Not before the first day nor after today: midnight may pass between two questions, clocks be set back.
        ago = (today - date.fromisoformat(put["day"])).days
        entry["days"][min(max(0, WEEK - 1 - ago), WEEK - 1)] += put["number"]
    return sorted(talked.values(), key=lambda entry: (-entry["total"], entry["key"]))


def _told(_person: Any, _within: Any) -> Written:
    visible, values = seeing.visible_to_asker()
    return Written(_PUT.format(visible=visible), values | {"latest": LATEST, "shown": SHOWN})


def _values() -> dict[str, Any]:
    return {"tags_zone": timezone.get_current_timezone_name(), "tags_since": now() - timedelta(days=WEEK)}


homecoming.tells(OF_THE_WEEK, _told, _values)


def _with(thing: Any, **particulars: Any) -> Any:
    for name, value in particulars.items():
        setattr(thing, name, value)
    return thing
