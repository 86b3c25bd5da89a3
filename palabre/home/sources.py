"""Where the feed comes from: what was published, and what has news for the reader since.

Both are read newest first on an index, each from its own place on, so that a page costs the same however far one goes
and however much has happened. What is published is left out where its news comes first: one line for each item.
"""

from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject, Now

from palabre.items import kinds
from palabre.items.models import Item, asking
from palabre.journal import quoting
from palabre.kit import paging
from palabre.kit.postgresql.keys import Keys
from palabre.kit.queries import AFRESH, ONCE, Prepared, Slot
from palabre.signals.models import Entry, Follow, Level, Signal
from palabre.tags.models import Tagging

FIELDS = ("id", "kind", "title", "excerpt", "language", "published_at", "author_id", "space_id")
PUBLISHED, MOVED = ("-published_at", "-id"), ("-at", "-entry")
SIZE = 30
EVER = datetime(1, 1, 1, tzinfo=UTC)
TOLD = 6  # of what happened to an item, as much as is looked at
HEARD = [Level.ALL, Level.QUIET]
Rows = list[dict[str, Any]]


def whole() -> Q:
    """What stands by itself: what is a part of something, as an answer is, is read there and heard of from there."""
    return ~Q(kind__in=[kind.name for kind in kinds.every() if kind.within])


def published(person: Any, shown: Keys, after: str, since: datetime = EVER, size: int = SIZE + 1) -> Rows:
    """What was published in these spaces and not before `since`, newest first."""
    values = asking(person) | {"shown": shown, "person": person.pk, "since": since}
    if not after:
        return _dicts(_LATEST(**values), "moved_at")
    items = (
        Item.objects.visible_to(person)
        .published()
        .filter(whole(), space__among=shown, published_at__gte=since)
        .annotate(moved_at=_moved(person.pk))
    )
    return list(paging.after(items.values(*FIELDS, "moved_at"), after, PUBLISHED)[:size])


def followed(person: Any, after: str, size: int = SIZE + 1) -> Rows:
    """What was published in what `person` follows, newest first; `arm` says in which of these, `named` its name.

    Each thing that can be followed is read by itself, on its own index.
    """
    mine = Follow.objects.filter(person=person, level__in=HEARD)
    chosen = mine.exclude(kind="").filter(space=OuterRef("space"), kind=OuterRef("kind"))
    borne = Tagging.objects.filter(item=OuterRef("pk"), tag__in=mine.filter(tag__isnull=False).values("tag"))
    tagged = Tagging.objects.filter(tag__in=mine.filter(tag__isnull=False).values("tag")).values("item")
    told = Signal.objects.filter(follow__in=mine.filter(search__isnull=False).values("pk"), item=OuterRef("pk"))
    answers = Signal.objects.filter(follow__in=mine.filter(search__isnull=False).values("pk")).values("item")
    nothing = Value("", CharField())
    arms = [
        ("author", Q(author__in=mine.filter(author__isnull=False).values("author")), nothing),
        ("tag", Q(pk__in=tagged), Subquery(borne.values("tag__name")[:1])),
        ("search", Q(pk__in=answers), Subquery(told.values("follow__search__name")[:1])),
        ("kind", Exists(chosen), nothing),
        ("space", whole() & Q(space__in=mine.filter(space__isnull=False, kind="").values("space")), nothing),
        ("item", Q(pk__in=mine.filter(item__isnull=False).values("item")), nothing),
    ]
    seen = Item.objects.visible_to(person).published().exclude(author=person)
    seen = seen.annotate(moved_at=_moved(person.pk, followed=True))
    parts = []
    for rank, (_arm, condition, named) in enumerate(arms):
        part = seen.filter(condition).annotate(arm=Value(rank), named=named)
        parts.append(paging.after(part.values(*FIELDS, "moved_at", "arm", "named"), after, PUBLISHED)[:size])
    found: dict[int, dict[str, Any]] = {}
    for row in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row["arm"]):
        found.setdefault(row["id"], row | {"arm": arms[row["arm"]][0]})
    return sorted(found.values(), key=lambda row: (row["published_at"], row["id"]), reverse=True)[:size]


def moved(person: Any, after: str, size: int = SIZE + 1, *, follows: bool = False) -> Rows:
    """What has news for `person`, of any space they see, newest first; with `follows`, of items they follow."""
    if not (after or follows):
        return _dicts(_NEWS(person=person.pk, **asking(person)), *_OF_ENTRY)
    found = _with_news(person.pk, Item.objects.visible_to(person), followed=follows)
    page = paging.after(found, after, MOVED)
    return _dicts(list(page.values_list(*_ITEM, *_OF_ENTRY)[:size]), *_OF_ENTRY)


_ITEM = tuple(f"item__{name}" for name in FIELDS)
_OF_ENTRY = ("entry", "at", "seen", "news")


# Whoever sees an item sees its comments and its parts; its door is asked where it is read.
_SAID = """(
    SELECT CASE WHEN part.id IS NULL
        THEN jsonb_build_array('/comments/' || comment.id || '/', left(comment.html, 2000))
        ELSE jsonb_build_array('/items/' || part.id || '/', left(part.html, 2000))
    END
    FROM journal_event happened
    LEFT JOIN talk_comment comment ON comment.id = (happened.particulars->>'comment')::bigint
        AND comment.item_id = happened.item AND comment.deleted_at IS NULL
    LEFT JOIN items_item part ON part.id = coalesce(%(parts)s)::bigint
        AND part.parent_id = happened.item AND part.state IN ('published', 'archived')
    WHERE happened.id = %(expressions)s AND coalesce(comment.id, part.id) IS NOT NULL
)"""


def _said(event: str) -> Func:
    """What was said by an event, unless it was taken back: where it stands, and how it begins; of a comment, or of a
    part of the item that appeared, as an answer does."""
    names = [name for names in kinds.parts().values() for name in names]
    parts = ", ".join(f"happened.particulars->>'{name}'" for name in names)
    return Func(F(event), template=_SAID, parts=parts, output_field=JSONField())


def _waiting(person: Any, *, followed: bool) -> QuerySet[Entry]:
    """Neither done with nor put off: what is done with stands where it was published."""
    found = Entry.objects.filter(person=person, item__isnull=False, done_at=None, at__lte=Now())
    if followed:
        found = found.filter(Exists(Follow.objects.filter(person=person, item=OuterRef("item"), level__in=HEARD)))
    return found


def _moved(person: Any, *, followed: bool = False) -> Subquery:
    return Subquery(_waiting(person, followed=followed).filter(item=OuterRef("pk")).values("at")[:1])


def _with_news(person: Any, visible: Any, *, followed: bool = False) -> QuerySet[Entry]:
    told = Signal.objects.filter(person=person, item=OuterRef("item")).order_by("-event")
    news = JSONObject(
        event="event", verb="verb", by="by_id", at="at", reason="reason",
        space="follow__space_id", tag="follow__tag__name", author="follow__author_id", search="follow__search__name",
        said=Case(When(verb__in=sorted(quoting.quotable()), then=_said("event"))),
    )  # fmt: skip
    # Asked of each entry by its key: as a condition on both, PostgreSQL may go through all items for each of them.
    current = Subquery(visible.published().filter(pk=OuterRef("item")).values("pk")[:1])
    return (
        _waiting(person, followed=followed)
        .alias(current=current)
        .filter(current__isnull=False)
        .annotate(entry=F("pk"), news=ArraySubquery(told.values(told=news)[:TOLD]))
    )


def _dicts(rows: list[Any], *further: str) -> Rows:
    return [dict(zip((*FIELDS, *further), row, strict=True)) for row in rows]


_LATEST = Prepared(
    lambda: (
        Item.objects.visible_to_asker()
        .published()
        .filter(whole(), space__among=Slot("shown"), published_at__gte=Slot("since", DateTimeField()))
        .annotate(moved_at=_moved(Slot("person")))
        .order_by("-published_at", "-id")
        .values_list(*FIELDS, "moved_at")[: SIZE + 1]
    ),
    planned=AFRESH,
)
_NEWS = Prepared(
    lambda: (
        _with_news(Slot("person"), Item.objects.visible_to_asker())
        .order_by("-at", "-pk")
        .values_list(*_ITEM, *_OF_ENTRY)[: SIZE + 1]
    ),
    planned=ONCE,
)
