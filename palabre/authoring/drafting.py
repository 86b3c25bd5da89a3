"""Keeping drafts: what one types is on the server within seconds, and in two windows at once nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from palabre.authoring.models import Draft, Template
from palabre.authoring.writing import clean
from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.kit.policy import may
from palabre.spaces.models import Space

LARGEST = 1_000_000

Published = Callable[[Any, Item], None]
_published: list[Published] = []
Refusing = Callable[["Content", Any], str]
_refusing: list[Refusing] = []


class Elsewhere(Exception):
    """The draft has been saved from another window since this one read it."""


@dataclass(frozen=True)
class Content:
    """What the form of the editor holds."""

    kind: str
    title: str
    body: str
    space: Space | None = None
    based_on: int = 0
    fields: dict[str, str] | None = None


@transaction.atomic
def keep(
    person: Any, content: Content, *, draft: int | None = None, item: Item | None = None, stamp: str = ""
) -> Draft:
    """Saves the draft of `person` for an item, or for something new; `stamp` is the state they last knew."""
    mine = Draft.objects.select_for_update(of=("self",)).filter(person=person)
    kept = mine.filter(item=item).first() if item else mine.filter(pk=draft, item=None).first() if draft else None
    if kept and stamp != kept.stamp and (kept.title, kept.body) != (content.title[:250], clean(content.body)):
        raise Elsewhere
    kept = kept or Draft(person=person, item=item)
    kept.kind, kept.space, kept.based_on = content.kind, content.space, content.based_on
    kept.title, kept.body, kept.fields = content.title[:250], clean(content.body)[:LARGEST], content.fields or {}
    kept.updated_at = now()
    kept.save()
    return kept


def throw_away(draft: Draft | Template) -> None:
    """Out of sight, for whoever changes their mind within a month."""
    if draft.thrown_away_at is None:
        draft.thrown_away_at = now()
        draft.save(update_fields=["thrown_away_at"])


def bring_back(draft: Draft | Template) -> bool:
    """As it was, unless its place is taken: another draft of the same item, another template of that name."""
    draft.thrown_away_at = None
    try:
        with transaction.atomic():
            draft.save(update_fields=["thrown_away_at"])
    except IntegrityError:
        return False
    return True


def goes_on(draft: Draft, person: Any) -> bool:
    """Whether what the draft changes is still theirs to read and to change."""
    item = (
        Item.objects.visible_to(person, unpublished=True).select_related("space").filter(pk=draft.item_id or 0).first()
    )
    return item is not None and may(person, "item.edit", item)


def on_publishing(heard: Published) -> Published:
    """Tells a room above, in the transaction that publishes it, that a draft has become an item."""
    _published.append(heard)
    return heard


def before_publishing(asked: Refusing) -> Refusing:
    """Lets a room above refuse that something new is published, in words; "" refuses nothing."""
    _refusing.append(asked)
    return asked


def refusals(content: Content, person: Any) -> list[str]:
    """Why it cannot be published as it stands."""
    return [why for asked in _refusing if (why := asked(content, person))]


def published(draft: Draft | None, item: Item) -> None:
    """What was a draft of something new is there for its readers."""
    for heard in _published if draft else ():
        heard(draft, item)


def finish(draft: Draft | None, stamp: str, body: str) -> None:
    """Its text is published. A draft that another window changed meanwhile says something else, and stays."""
    if draft and (stamp == draft.stamp or clean(body) == draft.body):
        draft.delete()
