"""The feed: what a reader may see, newest first, by day.

Fifty rows are value tuples of one query, their authors come in a second one, their spaces are those the reader's
sight holds already. It reads items, never the journal, so it does not slow down as events pile up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from palabre.items import kinds
from palabre.items.models import Item, address, asking
from palabre.kit import paging, rows
from palabre.kit.queries import Prepared, Slot
from palabre.people.models import Person
from palabre.spaces import sight

SIZE = 50
FIELDS = ("id", "kind", "title", "excerpt", "language", "published_at", "author_id", "space_id")

_LATEST = Prepared(
    lambda: (
        Item.objects.visible_to_asker()
        .published()
        .filter(space__among=Slot("shown"))
        .order_by("-published_at", "-id")
        .values_list(*FIELDS)[: SIZE + 1]
    )
)
_AUTHORS = Prepared(lambda: Person.objects.select_related("organisation").filter(pk__among=Slot("keys")))


@dataclass(frozen=True)
class Day:
    """One day of the feed, its rows drawn."""

    date: date
    rows: SafeString


@dataclass(frozen=True)
class Feed:
    """Some days, and the mark after which the earlier ones start."""

    days: list[Day]
    next: str | None

    def __bool__(self) -> bool:
        return bool(self.days)


def feed(request: HttpRequest, spaces: Iterable[int] | None = None) -> Feed:
    """The page of the reader's feed that `?after=` names, of these spaces only where they are given."""
    asked = asking(request.user)
    shown = asked["spaces"] if spaces is None else list(spaces)
    if request.GET.get("after"):
        items = Item.objects.visible_to(request.user).published().filter(space__among=shown)
        page = paging.page(items.values(*FIELDS), request, size=SIZE)
    else:
        latest = [dict(zip(FIELDS, row, strict=True)) for row in _LATEST(shown=shown, **asked)]
        page = paging.cut(latest, size=SIZE)
    listed = rows_of(request.user, page.rows)
    feet = rows.feet(request.user, [row.pk for row in listed]) if listed else {}
    first = not request.GET.get("after")
    days: list[Day] = []
    for day, group in groupby(listed, key=lambda row: timezone.localtime(row.at).date()):
        days.append(Day(day, rows.draw(group, feet, reader=request.user, lead=first and not days, dated=False)))
    return Feed(days, page.next)


def rows_of(reader: Any, found: Iterable[dict[str, Any]]) -> list[rows.Row]:
    """Rows of value dicts (`FIELDS`), all of spaces the reader sees."""
    found = list(found)
    authors = {person.pk: person for person in _AUTHORS(keys=[*{each["author_id"] for each in found}])}
    spaces = sight.of(reader).spaces
    listed = []
    for each in found:
        kind = kinds.get(each["kind"])
        listed.append(
            rows.Row(
                pk=each["id"],
                title=each["title"],
                address=address(each["kind"], each["id"], each["title"]),
                excerpt=each["excerpt"],
                at=each["published_at"],
                author=authors[each["author_id"]],
                space=spaces[each["space_id"]],
                icon=kind.icon,
                kind=kind.label,
                language=each["language"],
            )
        )
    return listed
