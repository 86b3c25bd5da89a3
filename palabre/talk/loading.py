"""The rows of a discussion, in one query: comments of a page of threads with their authors, and gestures.

Every item page asks for it, so it is written out: composing it with the ORM took ten times as long as running it.
Whoever calls has come through the door of the item; whoever sees an item sees all that is said about it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from palabre.items.models import Item
from palabre.kit.queries import EITHER, planned
from palabre.people import meeting
from palabre.people.models import Organisation, Person
from palabre.talk.models import Comment

NAMED = 12  # people of one gesture
COLUMNS = tuple(field.attname for field in Comment._meta.concrete_fields)

# Of those whom the reader meets, the first few by name; the others are counted.
_GESTURES = """(
  SELECT json_agg(json_build_object(
    'gesture', made.gesture, 'count', made.number, 'mine', made.mine, 'names', made.names))
  FROM (SELECT gesture, count(*) AS number, bool_or(by_id = %(reader)s) AS mine,
               (array_agg(people_person.name ORDER BY talk_reaction.id) FILTER (
                 WHERE by_id <> %(reader)s AND (%(met)s::bigint[] IS NULL OR by_id = ANY(%(met)s))
               ))[:%(named)s] AS names
        FROM talk_reaction JOIN people_person ON people_person.id = by_id
        WHERE item_id = %(item)s AND {towards} GROUP BY gesture) made
)"""
_OPENINGS = """
  SELECT id FROM talk_comment
  WHERE item_id = %(item)s AND thread_id IS NULL AND id >= %(since)s ORDER BY id LIMIT %(threads)s
"""
# The thread with which the page before this one begins.
_BEFORE = """(
  SELECT min(id) FROM (
    SELECT id FROM talk_comment
    WHERE item_id = %(item)s AND thread_id IS NULL AND id < %(since)s ORDER BY id DESC LIMIT %(threads)s - 1
  ) earlier
)"""
_ROWS = """
WITH page AS (
  SELECT {columns}, coalesce(thread_id, id) AS root,
         row_number() OVER thread AS place, count(*) OVER (PARTITION BY coalesce(thread_id, id)) AS among
  FROM talk_comment
  WHERE item_id = %(item)s AND coalesce(thread_id, id) IN ({openings})
  WINDOW thread AS (PARTITION BY coalesce(thread_id, id) ORDER BY id)
), towards AS (
  SELECT {towards_item} AS item, {before} AS before,
         count(*) FILTER (WHERE deleted_at IS NULL) AS standing,
         count(*) FILTER (WHERE deleted_at IS NULL AND side <> 'company') AS outside
  FROM talk_comment JOIN people_person ON people_person.id = by_id WHERE item_id = %(item)s
)
SELECT towards.item, towards.before, towards.standing, towards.outside,
       page.root, page.among, {towards_comment}, resolver.name,
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
        before=_BEFORE,
        towards_item=_GESTURES.format(towards="comment_id IS NULL"),
        towards_comment=_GESTURES.format(towards="comment_id = page.id"),
    )


_SOME_THREADS, _ONE_THREAD = _sql(_OPENINGS), _sql("%(only)s")


@dataclass
class Rows:
    """Some comments of an item, gestures towards it, and what is known of all: how many stand, how many from outside.

    Each comment has `root`, `among` (how many its thread holds), `gestures`, `resolver`. `before` is the thread with
    which the page before these begins, if there is one.
    """

    comments: list[Comment] = field(default_factory=list)
    towards: list[dict[str, Any]] = field(default_factory=list)
    before: int | None = None
    standing: int = 0
    outside: int = 0


def rows(reader: Any, item: Item, *, since: int = 0, threads: int = 1, shown: int = 0, only: int | None = None) -> Rows:
    """Comments of `threads` threads (one more than a page holds) from number `since` on, `shown` of each; or all of
    thread `only`.
    """
    met = meeting.met(reader)
    asked = {
        "item": item.pk,
        "reader": getattr(reader, "pk", None) or 0,
        "met": None if met is None else list(met),
        "named": NAMED,
        "since": since,
        "threads": threads,
        "only": only,
        "shown": shown if only is None else 2**31,
    }
    found = Rows()
    people: dict[int, Person] = {}
    with planned(EITHER), connection.cursor() as cursor:
        cursor.execute(_SOME_THREADS if only is None else _ONE_THREAD, asked)
        for (towards, *told), (root, among, gestures, resolver), person, organisation, values in _split(cursor):
            found.towards, (found.before, found.standing, found.outside) = _loaded(towards), told
            if root is None:
                continue
            comment = Comment.from_db(connection.alias, COLUMNS, values)
            comment.item = item
            comment.by = people.setdefault(person[0], _author(person, organisation))
            comment.root, comment.among = root, among
            comment.gestures, comment.resolver = _loaded(gestures), resolver or ""
            found.comments.append(comment)
    return found


def _split(found: Iterable[tuple]) -> Any:
    """Each row parted: of the item, of the comment beside its columns, its author, their organisation, its columns."""
    for row in found:
        yield row[:4], row[4:8], row[8:13], row[13], row[14:]


def _loaded(value: Any) -> list[dict[str, Any]]:
    return json.loads(value) if isinstance(value, str) else value or []


def _author(person: Sequence[Any], organisation: str | None) -> Person:
    """Enough of a person to draw them: name, face, side."""
    pk, name, handle, side, photo = person
    author = Person(id=pk, name=name, handle=handle, side=side, photo=photo)
    author.organisation = Organisation(name=organisation) if organisation else None
    return author
