"""The feed: one line for each item, newest first by what was published or what happened since, by day.

Value tuples from two sources (`sources`) are merged by their moments; the people of all of them come in one query, and
spaces are those the reader's sight holds already. A page costs the same however much has happened.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from palabre.home import since, sources
from palabre.home.sources import MOVED, PUBLISHED, SIZE, Rows
from palabre.items import kinds
from palabre.items.models import address
from palabre.kit import paging, rows
from palabre.kit.postgresql.keys import Keys
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.kit.times import Watch
from palabre.people.models import Person
from palabre.spaces import sight
from palabre.spaces.readership import numbers

FIELDS = sources.FIELDS
TOGETHER = timedelta(minutes=1)  # the moment of an event and that of what appears by it are not quite the same
BETWEEN = "~"  # of the two places from which a page goes on

# A face, a name and where they stand: nothing else of them is in a row.
_PEOPLE = Prepared(
    lambda: (
        Person.objects.select_related("organisation")
        .filter(pk__among=Slot("keys"))
        .order_by()
        .only("name", "handle", "photo", "side", "organisation__name")
    ),
    planned=EITHER,
)


@dataclass(frozen=True)
class Part:
    """Some rows of one day, drawn: those new since the last visit, or those that were there. `seen_before`: the
    reader's last visit ended between this part and the one above."""

    date: date
    rows: SafeString
    fresh: bool
    seen_before: bool
    titled: bool


@dataclass(frozen=True)
class Since:
    """How much is new since the reader's last visit; `beyond` says that the page does not hold all of it."""

    visit: datetime
    number: int
    beyond: bool


@dataclass(frozen=True)
class Feed:
    """Some parts, and the mark after which the earlier ones start; `since` for who was here before."""

    parts: list[Part]
    next: str | None
    since: Since | None = None

    def __bool__(self) -> bool:
        return bool(self.parts)


def feed(request: HttpRequest, show: str, visited: datetime | None = None) -> Feed:
    """The page of a feed that `?after=` names: `mine`, `followed` or `all`; new is what came after `visited`."""
    reader, seen = request.user, sight.of(request.user)
    after = request.GET.get("after", "")
    first, _between, second = after.partition(BETWEEN)
    news: Rows | None
    if show == "followed":
        appeared = sources.followed(reader, first)
        news = sources.moved(reader, second, follows=True)
    else:
        mine = seen.mine if show == "mine" else Keys()
        news = sources.moved(reader, second) if show == "mine" else None
        # What appeared before the last of them is for a later page.
        since = news[-1]["at"] if news and len(news) > SIZE else sources.EVER
        appeared = sources.published(reader, mine or seen.space_ids, first, since)
    page, following = _merged(appeared, news, (first, second))
    listed = rows_of(reader, page)
    feet = rows.feet([row.pk for row in listed])
    readers = numbers({row.space.pk: row.space for row in listed}.values())
    parts: list[Part] = []
    day = request.GET.get("told", "") if after else ""
    above = not after or "fresh" in request.GET

    watch = Watch()

    def side(row: rows.Row) -> tuple[date, bool]:
        return watch.day_of(row.at), visited is not None and row.at > visited

    for (each, fresh), group in groupby(listed, key=side):
        drawn = rows.draw(group, feet, reader=reader, lead=not after and not parts, dated=False, readers=readers)
        seen_before = visited is not None and above and not fresh and bool(parts or after)
        parts.append(Part(each, drawn, fresh, seen_before, each.isoformat() != day))
        day, above = each.isoformat(), fresh
    told = None
    if visited and not after and parts:
        number = sum(row.at > visited for row in listed)
        told = Since(visited, number, parts[-1].fresh and following is not None)
    return Feed(parts, following, told)


def _merged(appeared: Rows, news: Rows | None, places: tuple[str, str]) -> tuple[Rows, str | None]:
    """The first `SIZE` of both, and where each goes on; of an item with news, only these, where any are told.

    A source gives one row more than a page holds, so that what lies below its last row is never shown too early.
    """
    told = news or []
    lines = [(row["published_at"], 0, row) for row in appeared] + [(row["at"], 1, row) for row in told]
    lines.sort(key=lambda line: (line[0], line[2]["id"]), reverse=True)
    beyond = [source[-1] if len(source) > SIZE else None for source in (appeared, told)]
    page: Rows = []
    last: list[Any] = [None, None]
    for _moment, source, row in lines:
        if len(page) == SIZE or row is beyond[source]:
            break
        last[source] = row
        if news is None or _is_news(row) == bool(source):
            page.append(row)
    else:
        return page, None
    marks = [
        paging.mark(row, order) if row else place
        for row, order, place in zip(last, (PUBLISHED, MOVED), places, strict=True)
    ]
    return page, BETWEEN.join(marks)


def _is_news(row: dict[str, Any]) -> bool:
    """Whether something happened to it for the reader since it appeared, or as it did."""
    at = row["at"] if "at" in row else row["moved_at"]
    return at is not None and at + TOGETHER >= row["published_at"]


def rows_of(reader: Any, found: Iterable[dict[str, Any]]) -> list[rows.Row]:
    """Rows of value dicts (`FIELDS`, and what a source adds), all of spaces the reader sees."""
    found = list(found)
    keys = {each["author_id"] for each in found} | since.people(found)
    known = {person.pk: person for person in _PEOPLE(keys=[*keys])}
    spaces, language = sight.of(reader).spaces, get_language()
    listed = []
    for each in found:
        kind = kinds.get(each["kind"])
        author, space = known[each["author_id"]], spaces[each["space_id"]]
        said, why = "", ""
        if each.get("news"):
            said, why = since.told(each, known, reader), since.why(each, known, spaces, language)
        elif each.get("arm"):
            why = since.why_followed(each, author, space)
        listed.append(
            rows.Row(
                pk=each["id"],
                title=each["title"],
                address=address(each["kind"], each["id"], each["title"]),
                excerpt=each["excerpt"],
                at=each.get("at") or each["published_at"],
                author=author,
                space=space,
                icon=kind.icon,
                kind=kind.label,
                language=each["language"],
                said=said,
                why=why,
            )
        )
    return listed
