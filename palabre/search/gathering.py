"""From rows to entries: all that search knows of an item, read for many at once.

Kinds and powers are not named here: a kind says what its facet has to find (`Kind.search_text`), powers say what else
belongs to an item (`items.words`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from palabre.authoring.models import Trust
from palabre.items import kinds, words
from palabre.items.models import READABLE, Item, Name, State
from palabre.kit.html import said
from palabre.links import circles
from palabre.links.models import Authority, Link
from palabre.search.schema import Entry
from palabre.tags.models import Tagging

MOST_WORDS = 400_000  # characters of one item beyond which its text is no longer read


def entries(ids: Sequence[int]) -> Iterator[Entry]:
    """The entries of those of these items that may be read at all."""
    facets = [kind.name for kind in kinds.every() if kind.facet]
    items = list(Item.objects.filter(pk__in=ids, state__in=READABLE).select_related(*facets).defer("body", "outline"))
    if not items:
        return
    found = [item.pk for item in items]
    more = words.of(found)
    names, tags, targets = _names(found), _tags(found), _targets(found)
    superseded = circles.superseded(found)
    trust = Trust.objects.in_bulk(found)
    authority = dict(Authority.objects.filter(item__in=found).values_list("item", "score"))
    for item in items:
        standing = trust.get(item.pk)
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
            more=[text[:MOST_WORDS] for text in belongs.values()],
            has=sorted(belongs),
            links_to=targets[item.pk],
            verified_until=_end_of(standing.verified_until) if standing and standing.verified_until else None,
            outdated=item.pk in superseded or bool(standing and standing.reported_at),
            authority=authority.get(item.pk, 1.0),
            source=item.extras.get("source", ""),
        )


def _names(ids: Sequence[int]) -> dict[int, list[str]]:
    return _grouped(Name.objects.filter(item__in=ids, current=True).order_by("pk").values_list("item", "label"))


def _tags(ids: Sequence[int]) -> dict[int, list[int]]:
    return _grouped(Tagging.objects.filter(item__in=ids).values_list("item", "tag"))


def _targets(ids: Sequence[int]) -> dict[int, list[int]]:
    links = Link.objects.filter(source__in=ids, target__isnull=False).order_by()
    return _grouped(links.values_list("source", "target").distinct())


def _grouped(pairs):
    groups = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
