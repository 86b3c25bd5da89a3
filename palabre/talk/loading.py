"""The rows of a discussion, in one query: comments of a page of threads with their authors, and gestures.

Every item page asks for it, so it is written out: composing it with the ORM took ten times as long as running it.
Whoever calls has come through the door of the item; whoever sees an item sees all that is said about it.
"""

import json
from typing import Any

from django.db import connection

from palabre.items.models import Item
from palabre.people.models import Organisation, Person
from palabre.talk.models import Comment

COLUMNS = tuple(field.attname for field in Comment._meta.concrete_fields)

_GESTURES = """(
  SELECT json_agg(json_build_object('gesture', made.gesture, 'count', made.number, 'mine', made.mine))
  FROM (SELECT gesture, count(*) AS number, bool_or(by_id = %(reader)s) AS mine
        FROM talk_reaction WHERE item_id = %(item)s AND {towards} GROUP BY gesture) made
)"""
_OPENINGS = """
  SELECT id FROM talk_comment
  WHERE item_id = %(item)s AND thread_id IS NULL AND id >= %(since)s ORDER BY id LIMIT %(threads)s
"""
_ROWS = """
WITH page AS (
  SELECT {columns}, coalesce(thread_id, id) AS root,
         row_number() OVER thread AS place, count(*) OVER (PARTITION BY coalesce(thread_id, id)) AS among
  FROM talk_comment
  WHERE item_id = %(item)s AND coalesce(thread_id, id) IN ({openings})
  WINDOW thread AS (PARTITION BY coalesce(thread_id, id) ORDER BY id)
), towards AS (SELECT {towards_item} AS item)
SELECT towards.item, page.root, page.among, {towards_comment}, resolver.name,
       author.id, author.name, author.handle, author.side, author.photo, organisation.name, {listed}
FROM towards
LEFT JOIN page ON page.place <= %(shown)s
LEFT JOIN people_person author ON author.id = page.by_id
LEFT JOIN people_organisation organisation ON organisation.id = author.organisation_id
LEFT JOIN people_person resolver ON resolver.id = page.resolved_by_id
ORDER BY page.root, page.id
"""
_LIST = ", ".join(f"page.{column}" for column in COLUMNS)


def _sql(openings: str) -> str:
    return _ROWS.format(
        columns=", ".join(COLUMNS),
        listed=_LIST,
        openings=openings,
        towards_item=_GESTURES.format(towards="comment_id IS NULL"),
        towards_comment=_GESTURES.format(towards="comment_id = page.id"),
    )


_SOME_THREADS, _ONE_THREAD = _sql(_OPENINGS), _sql("%(only)s")


def rows(
    reader: Any, item: Item, *, since: int = 0, threads: int = 0, shown: int = 0, only: int | None = None
) -> tuple[list[Comment], list[dict[str, Any]]]:
    """Comments of `threads` threads from number `since` on, `shown` of each; or all of thread `only`.

    Each has `root`, `among` (how many its thread holds), `gestures`, `resolver`. With them, gestures towards the item.
    """
    asked = {
        "item": item.pk,
        "reader": getattr(reader, "pk", None) or 0,
        "since": since,
        "threads": threads,
        "only": only,
        "shown": shown if only is None else 2**31,
    }
    comments: list[Comment] = []
    towards: list[dict[str, Any]] = []
    people: dict[int, Person] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SOME_THREADS if only is None else _ONE_THREAD, asked)
        for towards_item, root, among, gestures, resolver, *person, organisation, values in _split(cursor.fetchall()):
            towards = _loaded(towards_item)
            if root is None:
                continue
            comment = Comment.from_db(connection.alias, COLUMNS, values)
            comment.item = item
            comment.by = people.setdefault(person[0], _author(person, organisation))
            comment.root, comment.among = root, among
            comment.gestures, comment.resolver = _loaded(gestures), resolver or ""
            comments.append(comment)
    return comments, towards


def _split(found: list[tuple]) -> Any:
    for row in found:
        yield *row[:11], row[11:]


def _loaded(value: Any) -> list[dict[str, Any]]:
    return json.loads(value) if isinstance(value, str) else value or []


def _author(person: list[Any], organisation: str | None) -> Person:
    """Enough of a person to draw them: name, face, side."""
    pk, name, handle, side, photo = person
    author = Person(id=pk, name=name, handle=handle, side=side, photo=photo)
    author.organisation = Organisation(name=organisation) if organisation else None
    return author
