"""From rows to entries: all that search knows of an item, read for many at once.

Kinds and powers are not named here: a kind says what its facet has to find (`Kind.search_text`), powers say what else
belongs to an item (`items.words`).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db.models import F
from django.utils import timezone

from palabre.authoring.models import Trust
from palabre.items import kinds, words
from palabre.items.models import READABLE, Item, Name, State
from palabre.kit.html import said
from palabre.kit.postgresql.keys import Keys
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.kit.together import ROWS, Together
from palabre.links import circles
from palabre.links.models import Authority, Link
from palabre.search.schema import Entry
from palabre.tags.models import Tagging

MOST_WORDS = 400_000  # characters of one item beyond which its text is no longer read


def entries(ids: Sequence[int]) -> Iterator[Entry]:
    """The entries of those of these items that may be read at all: three queries."""
    items = _readable()(items=Keys(ids))
    if not items:
        return
    found = [item.pk for item in items]
    more = words.of(found)
    beside = (json.loads(rows) if rows else () for rows in _beside()(items=Keys(found)))
    names, tags, targets = (_grouped(next(beside)) for _ in range(3))
    superseded = circles.superseded(next(beside))
    trust, authority = (_by_item(next(beside)) for _ in range(2))
    for item in items:
        standing = trust.get(item.pk, {})
        until, reported = standing.get("verified_until"), standing.get("reported_at")
        belongs = {field: told[item.pk] for field, told in more.items() if told.get(item.pk)}
        yield Entry(
            id=item.pk,
            kind=item.kind,
            space=item.space_id,
            author=item.author_id,
            title=item.title,
            text="\n".join(filter(None, (said(item.html)[:MOST_WORDS], item.kind_of.search_text(item)))),
            language=item.language,
            state=State(item.state),
            written=item.published_at,
            updated=item.updated_at,
            tags=tags[item.pk],
            names=[name for name in names[item.pk] if name != item.title],
            more=[text[:MOST_WORDS] for field, text in belongs.items() if words.is_quoted(field)],
            hints=[text[:MOST_WORDS] for field, text in belongs.items() if not words.is_quoted(field)],
            has=sorted(belongs),
            links_to=targets[item.pk],
            verified_until=_end_of(date.fromisoformat(until)) if until else None,
            outdated=item.pk in superseded or reported is not None,
            authority=authority[item.pk]["score"] if item.pk in authority else 1.0,
            source=item.extras.get("source", ""),
        )


@cache
def _readable() -> Prepared:
    facets = [kind.name for kind in kinds.every() if kind.facet]
    readable = Item.objects.filter(pk__among=Slot("items"), state__in=READABLE)
    return Prepared(lambda: readable.select_related(*facets).defer("body", "outline"), planned=EITHER)


@cache
def _beside() -> Together:
    """Names, tags, targets, what takes their place, trust and authority of some items."""
    items = Slot("items")
    links = Link.objects.filter(source__among=items, target__isnull=False).order_by()
    parts = (
        Name.objects.filter(item__among=items, current=True).order_by("pk").values("item", value=F("label")),
        Tagging.objects.filter(item__among=items).values("item", value=F("tag")),
        links.values(item=F("source"), value=F("target")).distinct(),
        circles.superseding(items),
        Trust.objects.filter(item__among=items).values("item", "verified_until", "reported_at"),
        Authority.objects.filter(item__among=items).values("item", "score"),
    )
    return Together([(ROWS, part) for part in parts], planned=EITHER)


def _grouped(rows: Iterable[Mapping[str, Any]]) -> dict[int, list[Any]]:
    groups = defaultdict(list)
    for row in rows:
        groups[row["item"]].append(row["value"])
    return groups


def _by_item(rows: Iterable[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    return {row["item"]: row for row in rows}


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
