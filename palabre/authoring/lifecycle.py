"""What happens to an item as a whole: published, withdrawn, moved, archived, thrown away, brought back.

Each verb locks the row, changes it and records the event in one transaction.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from palabre.authoring.writing import PUBLISH
from palabre.items import kinds
from palabre.items.models import READABLE, Appointment, Item, ItemQuerySet, State
from palabre.journal.recording import event, record_many
from palabre.kit.clock import now
from palabre.kit.policy import may
from palabre.spaces.models import Space

WITH = "trashed_with"  # of what went into the trash because what it stands in did
_MOVING = 0x6D6F7665
_BELOW = f"""
WITH RECURSIVE below (id) AS (
    SELECT id FROM {Item._meta.db_table} WHERE parent_id = %s
    UNION SELECT child.id FROM {Item._meta.db_table} child JOIN below ON child.parent_id = below.id
)
SELECT id FROM below
"""  # noqa: S608 (the name of our own table)


class Misplaced(ValueError):
    """The place an item is moved to is not one where it can stand."""


@transaction.atomic
def publish_now(item: Item, by: Any) -> Item:
    """A draft or a scheduled item appears to its readers."""
    item = _locked(item)
    if item.state not in (State.DRAFT, State.SCHEDULED):
        return item
    _cancel(item)
    item.published_at = now()
    _bring_back_within(item, by)
    return _become(item, State.PUBLISHED, by, "published", "published_at")


@transaction.atomic
def schedule(item: Item, by: Any, due: datetime) -> Item:
    """It will appear at that hour, if its author may still write there then."""
    item = _locked(item)
    if item.state not in (State.DRAFT, State.SCHEDULED):
        return item
    Appointment.objects.expect(item.pk, PUBLISH, due, by)
    item.published_at = due
    return _become(item, State.SCHEDULED, by, "scheduled", "published_at")


@transaction.atomic
def withdraw(item: Item, by: Any) -> Item:
    """Undoes a publication, or an appointment for one: a draft again, which only its author sees."""
    item = _locked(item)
    if item.state not in (State.PUBLISHED, State.SCHEDULED):
        return item
    _cancel(item)
    _put_away_within(item, by)
    return _become(item, State.DRAFT, by, "withdrawn")


@transaction.atomic
def archive(item: Item, by: Any) -> Item:
    """It can still be read and found, and says that it is over."""
    item = _locked(item)
    return _become(item, State.ARCHIVED, by, "archived") if item.state == State.PUBLISHED else item


@transaction.atomic
def unarchive(item: Item, by: Any) -> Item:
    """It is current again, unless other items stand for it."""
    item = _locked(item)
    if item.state != State.ARCHIVED or (item.facet is not None and item.facet.gave_way):
        return item
    return _become(item, State.PUBLISHED, by, "unarchived")


@transaction.atomic
def trash(item: Item, by: Any) -> Item:
    """Nobody reads it any more; its author and the stewards can bring it back as it was."""
    item = _locked(item)
    if item.state == State.TRASHED:
        return item
    _cancel(item)
    before = State.DRAFT if item.state == State.SCHEDULED else item.state
    item.extras = {**item.extras, "before_trash": str(before)}
    _put_away_within(item, by)
    return _become(item, State.TRASHED, by, "trashed", "extras")


@transaction.atomic
def restore(item: Item, by: Any) -> Item:
    item = _locked(item)
    if item.state != State.TRASHED:
        return item
    before = item.extras.pop("before_trash", State.PUBLISHED)
    item.extras.pop(WITH, None)
    _bring_back_within(item, by)
    return _become(item, State(before), by, "restored", "extras")


@transaction.atomic
def move(item: Item, by: Any, space: Space, parent: Item | None = None) -> Item:
    """To another space, another parent, or both; what `carried` tells comes along, if `by` may move each of it.

    What others have not published, or have thrown away, stays in its space, at its root.
    """
    with connection.cursor() as cursor:  # one move at a time: two at once could put each page below the other
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MOVING])
    item = _locked(item)
    if parent:
        parent = Item.objects.get(pk=parent.pk)
        if parent.space_id != space.pk or parent.pk == item.pk or parent in descendants(item):
            raise Misplaced(parent)
    before = item.space
    below = carried(item, by) if space.pk != before.pk else []
    if space.pk != before.pk:
        if any(not may(by, "item.shape", each) for each in below):
            raise PermissionDenied("item.shape")
        going = [each.pk for each in below]
        Item.objects.filter(parent__in=[item.pk, *going]).exclude(pk__in=going).update(parent=None)
        Item.objects.filter(pk__in=going).update(space=space)
    item.space, item.parent, item.position = space, parent, 0
    item.save(update_fields=["space", "parent", "position"])
    moved = [item, *below]
    record_many(
        event("moved", by, item=each, space=space, before=before.pk, parent=parent.pk if parent else None)
        for each in moved
    )
    return item


@transaction.atomic
def name_owner(item: Item, by: Any, owner: Any) -> Item:
    """Who answers for the content from now on."""
    item = _locked(item)
    item.owner = owner
    item.save(update_fields=["owner"])
    item.record("owner_named", by, person=owner.pk if owner else None)
    return item


def descendants(item: Item) -> list[Item]:
    """Everything below an item, level by level, whoever may see it."""
    return _below(item, Item.objects.all())


def carried(item: Item, by: Any) -> list[Item]:
    """What goes where the item goes: the pages below it that `by` reads, and what they have begun themselves."""
    begun = Q(author=getattr(by, "pk", None)) | Q(state__in=READABLE)
    return _below(item, Item.objects.visible_to(by, unpublished=True).filter(begun))


def _below(item: Item, among: ItemQuerySet) -> list[Item]:
    """What is reached from an item through `among` alone, level by level; in one query, whatever its depth."""
    children: dict[int | None, list[Item]] = {}
    for child in among.filter(pk__in=RawSQL(_BELOW, [item.pk])).exclude(pk=item.pk).select_related("space"):  # noqa: S611
        children.setdefault(child.parent_id, []).append(child)
    found: list[Item] = []
    level = children.pop(item.pk, [])
    while level:
        found += level
        level = [below for child in level for below in children.pop(child.pk, [])]
    return found


def _put_away_within(item: Item, by: Any) -> None:
    """What stands within the item goes with it, to come back with it."""
    for each in _within(item).filter(state__in=READABLE):
        each.extras = {**each.extras, "before_trash": str(each.state), WITH: item.pk}
        _become(each, State.TRASHED, by, "trashed", "extras")


def _bring_back_within(item: Item, by: Any) -> None:
    for each in _within(item).filter(state=State.TRASHED, extras__contains={WITH: item.pk}):
        del each.extras[WITH]
        _become(each, State(each.extras.pop("before_trash", State.PUBLISHED)), by, "restored", "extras")


def _within(item: Item) -> ItemQuerySet:
    inner = [kind.name for kind in kinds.every() if kind.within]
    rows = Item.objects.select_for_update(of=("self",), no_key=True).select_related("space")
    return rows.filter(parent=item.pk, kind__in=inner).order_by("pk")


def _locked(item: Item) -> Item:
    return Item.objects.select_for_update(of=("self",), no_key=True).select_related("space").get(pk=item.pk)


def _become(item: Item, state: State, by: Any, verb: str, *fields: str) -> Item:
    item.state = state
    item.save(update_fields=["state", *fields])
    item.record(verb, by)
    return item


def _cancel(item: Item) -> None:
    Appointment.objects.forget(item.pk, PUBLISH)
