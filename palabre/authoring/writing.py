"""Writing: the only way a text enters an item.

One transaction holds the item, its revision, its names, what derives from the text and the event. The row is locked
without blocking rows that point at it (`no_key`), so that people who save at once wait for each other and never fail.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import connection, transaction

from palabre.authoring import derivation
from palabre.authoring.document import Document
from palabre.authoring.merging import Merge, merge
from palabre.authoring.rendering import render
from palabre.authoring.slightness import is_slight
from palabre.items import kinds
from palabre.items.models import Appointment, Item, Name, Revision, State
from palabre.items.names import fold
from palabre.journal.recording import event, record_many
from palabre.kit.clock import now
from palabre.spaces.models import Space

PUBLISH = "publish"


@dataclass(frozen=True)
class Text:
    """A new item to be. `document` spares rendering where it is done already (imports); `names` are its aliases.

    `at` is when it was published, or, with the state "scheduled", when it will be.
    """

    kind: str
    space: Space
    by: Any
    title: str
    body: str
    parent: Item | None = None
    tags: Sequence[str] = ()
    state: str = State.PUBLISHED
    at: datetime | None = None
    names: Sequence[str] = ()
    document: Document | None = None
    facet: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What became of a revision. A conflict saved nothing: `title` and `body` show both texts side by side."""

    status: Literal["saved", "merged", "unchanged", "conflict"]
    item: Item
    title: Merge | None = None
    body: Merge | None = None


def publish(
    kind: str,
    space: Space,
    by: Any,
    title: str,
    body: str,
    parent: Item | None = None,
    tags: Sequence[str] = (),
    state: str = State.PUBLISHED,
    at: datetime | None = None,
    names: Sequence[str] = (),
    **facet: Any,
) -> Item:
    """Writes something new; `facet` are the fields of its kind's facet."""
    text = Text(kind, space, by, title, body, parent, tags, state, at, names, facet=facet)
    return publish_all([text], by)[0]


@transaction.atomic
def publish_all(texts: Sequence[Text], by: Any, *, silent: bool = False) -> list[Item]:
    """Writes many at once, in bulk: one insert for each table, whatever their number. `silent`: nobody is told."""
    documents = [text.document or render(clean(text.body), text.space.language) for text in texts]
    items = Item.objects.bulk_create(_item(text, document) for text, document in zip(texts, documents, strict=True))
    pairs = list(zip(texts, items, strict=True))
    Revision.objects.bulk_create(
        Revision(item=item, number=1, title=item.title, body=item.body, by=text.by, at=item.created_at)
        for text, item in pairs
    )
    Name.objects.bulk_create(name for text, item in pairs for name in _names(item, text.names))
    for kind in {text.kind for text in texts}:
        if facet := kinds.get(kind).facet:
            facet._default_manager.bulk_create(  # type: ignore[attr-defined]
                facet(item=item, **text.facet) for text, item in pairs if text.kind == kind
            )
    Appointment.objects.bulk_create(
        Appointment(item=item, verb=PUBLISH, due=item.published_at, by=text.by)
        for text, item in pairs
        if item.state == State.SCHEDULED
    )
    derivation.derive(list(zip(items, documents, strict=True)))
    derivation.hand_over("tags", [(item, text.tags) for text, item in pairs if text.tags], by, told=True)
    record_many(
        event(_first_verb(item), text.by, item=item, space=item.space_id, **({"silent": True} if silent else {}))
        for text, item in pairs
        if item.state != State.DRAFT
    )
    return items


@transaction.atomic
def revise(item: Item, by: Any, title: str, body: str, based_on: int, note: str = "", aside: str = "") -> Outcome:
    """Saves a new version written from the version `based_on`, merged with what was saved since.

    What cannot be merged is a conflict: nothing is saved, and the outcome shows both. `aside` is a text that people
    have since merged by hand; it stays in the history beside the version they agreed on.
    """
    held = Item.objects.select_for_update(of=("self",), no_key=True).select_related("space").get(pk=item.pk)
    return revise_held(held, by, title, body, based_on, note, aside)


def revise_held(item: Item, by: Any, title: str, body: str, based_on: int, note: str = "", aside: str = "") -> Outcome:
    """As `revise`, of an item whose row the caller's transaction has locked and read."""
    title, body = title.strip(), clean(body)
    if (title, body) == (item.title, item.body) and not aside:
        return Outcome("unchanged", item)
    if based_on == item.version:
        merged_from = _set_aside(item, by, title, clean(aside)) if aside else None
        return Outcome("saved", _save(item, by, title, body, note, merged_from))
    base = Revision.objects.get(item=item, number=based_on)
    titles, bodies = merge(base.title, item.title, title), merge(base.body, item.body, body)
    if not (titles.clean and bodies.clean):
        return Outcome("conflict", item, titles, bodies)
    merged_from = _set_aside(item, by, title, clean(aside)) if aside else None
    merged_from = _set_aside(item, by, title, body, merged_from)
    return Outcome("merged", _save(item, by, titles.text, bodies.text, note, merged_from), titles, bodies)


def before(revision: Revision) -> Revision | None:
    """The version that stood before this one: not a text that was set aside on the way to it."""
    earlier = Revision.objects.filter(item=revision.item_id, number__lt=revision.number)
    while revision.merged_from and (aside := earlier.filter(number=revision.merged_from).first()):
        revision, earlier = aside, earlier.filter(number__lt=aside.number)
    return earlier.last()


def clean(body: str) -> str:
    """A text as it is kept: line ends as everywhere, nothing PostgreSQL refuses, one line break at the end."""
    text = body.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip()
    return f"{text}\n" if text else ""


def rendered(item: Item, document: Document) -> tuple[str, ...]:
    """Puts on the item what its document says; returns the names of the fields to save."""
    item.html, item.excerpt = document.html, document.excerpt
    item.words, item.language = document.words, document.language or item.space.language
    item.outline = [[heading.level, heading.anchor, heading.label] for heading in document.outline]
    return ("html", "excerpt", "words", "language", "outline")


def _item(text: Text, document: Document) -> Item:
    moment = now()
    item = Item(
        kind=text.kind,
        space=text.space,
        parent=text.parent,
        title=text.title.strip(),
        body=clean(text.body),
        author=text.by,
        state=text.state,
        created_at=(text.at or moment) if text.state != State.SCHEDULED else moment,
        published_at=text.at or moment,
        updated_at=(text.at or moment) if text.state != State.SCHEDULED else moment,
    )
    for name, value in text.fields.items():
        setattr(item, name, value)
    rendered(item, document)
    return item


def _names(item: Item, aliases: Sequence[str]) -> list[Name]:
    labels = {fold(label): label[:250] for label in (*reversed(aliases), item.title) if fold(label)}
    return [Name(item=item, key=key, label=label) for key, label in labels.items()]


def _first_verb(item: Item) -> str:
    return "scheduled" if item.state == State.SCHEDULED else "published"


def _set_aside(item: Item, by: Any, title: str, body: str, merged_from: int | None = None) -> int:
    """Keeps a text that was merged into another as a version of its own; returns its number."""
    item.version += 1
    Revision.objects.create(item=item, number=item.version, title=title, body=body, by=by, merged_from=merged_from)
    return item.version


def _save(item: Item, by: Any, title: str, body: str, note: str, merged_from: int | None = None) -> Item:
    document = render(body, item.space.language)
    slight = {"slight": True} if is_slight(f"{item.title}\n{item.body}", f"{title}\n{body}") else {}
    before, item.title, item.body = item.title, title, body
    item.version, item.updated_at = item.version + 1, now()
    values = {name: getattr(item, name) for name in rendered(item, document)} | {"outline": json.dumps(item.outline)}
    values |= {"item": item.pk, "version": item.version, "title": title, "body": body, "at": item.updated_at}
    values |= {"by": by.pk, "note": note[:200], "merged_from": merged_from}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)
    if title != before:
        _rename(item, before)
    derivation.derive([(item, document)])
    verbs = ["edited", "renamed"] if title != before else ["edited"]
    if item.is_readable:
        record_many(
            event(verb, by, item=item, space=item.space_id, version=item.version, before=before, **slight)
            for verb in verbs
        )
    return item


# Written out: two objects of the ORM cost as much again as all that the database does for both.
_KEEP = """
WITH kept AS (
    UPDATE items_item SET title = %(title)s, body = %(body)s, html = %(html)s, excerpt = %(excerpt)s,
        outline = %(outline)s::jsonb, words = %(words)s, language = %(language)s,
        version = %(version)s, updated_at = %(at)s
    WHERE id = %(item)s
)
INSERT INTO items_revision (item_id, number, title, body, by_id, at, note, merged_from)
VALUES (%(item)s, %(version)s, %(title)s, %(body)s, %(by)s, %(at)s, %(note)s, %(merged_from)s)
"""


def _rename(item: Item, before: str) -> None:
    """The former title goes on leading here."""
    former, key = fold(before), fold(item.title)
    if former != key:
        Name.objects.filter(item=item, key=former).update(current=False)
    Name.objects.update_or_create(item=item, key=key, defaults={"label": item.title, "current": True})
