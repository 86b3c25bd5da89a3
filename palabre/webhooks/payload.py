"""What a webhook is told of an event: few fields that stay what they are (docs/webhooks.md), and no secret.

It is made anew for each attempt, so that what was taken back since is not told.
"""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings

from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.kit.html import strip
from palabre.people.models import Person
from palabre.spaces.models import Space
from palabre.tags.models import Tag
from palabre.talk.models import Comment
from palabre.webhooks import vocabulary
from palabre.webhooks.hearing import Heard
from palabre.webhooks.models import Webhook

VERSION = 1
LONGEST = 4_000  # characters of a comment
# Of what an event says of itself, what is told: all else stays in the house.
PARTICULARS = {
    "edited": ("version",),
    "verified": ("until",),
    "file_added": ("name",),
    "file_removed": ("name",),
    "tagged": ("tag", "key"),
    "untagged": ("tag", "key"),
    "reacted": ("gesture",),
    "reaction_withdrawn": ("gesture",),
}


def told(heard: Heard) -> str:
    """The body of a message: JSON, with what the item says now."""
    event, item = heard.event, heard.item
    data: dict[str, Any] = {"event": event.pk, "by": _by(event)}
    if heard.gone:
        data["item"] = {"id": item.pk, "kind": item.kind, "gone": True}
        return _written(vocabulary.type_of(event.verb), event.at.isoformat(), data)
    data |= {"item": _item(item), "space": _space(item.space)}
    if comment := event.particulars.get("comment"):
        data["comment"] = _comment(comment)
    if names := PARTICULARS.get(event.verb):
        data["change"] = {name: event.particulars.get(name) for name in names}
    return _written(vocabulary.type_of(event.verb), event.at.isoformat(), data)


def test(webhook: Webhook) -> str:
    """The body of a message that tells of nothing."""
    data = {"webhook": webhook.name, "space": _space(webhook.space) if webhook.space else None}
    return _written(vocabulary.TEST, now().isoformat(), data)


def _written(type: str, timestamp: str, data: dict[str, Any]) -> str:
    return json.dumps({"type": type, "timestamp": timestamp, "version": VERSION, "data": data}, ensure_ascii=False)


def _item(item: Item) -> dict[str, Any]:
    tags = Tag.objects.filter(taggings__item=item).order_by("key").values_list("name", flat=True)
    return {
        "id": item.pk,
        "kind": item.kind,
        "title": item.title,
        "address": _address(item),
        "excerpt": item.excerpt,
        "language": item.language,
        "state": item.state,
        "version": item.version,
        "author": _person(item.author),
        "tags": list(tags),
        "published_at": item.published_at.isoformat(),
        "updated_at": item.updated_at.isoformat(),
    }


def _space(space: Space) -> dict[str, Any]:
    return {"id": space.pk, "slug": space.slug, "name": space.name, "address": _address(space)}


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.pk, "name": person.name, "handle": person.handle}


def _by(event: Event) -> dict[str, Any] | None:
    """Who did it; nobody where the house did it by itself."""
    person = Person.objects.filter(pk=event.by).first() if event.by else None
    return _person(person) if person else None


def _comment(pk: int) -> dict[str, Any]:
    """What it says; of one that was taken back, only its number."""
    found = Comment.objects.standing().filter(pk=pk).first()
    if found is None:
        return {"id": pk, "deleted": True}
    return {
        "id": pk,
        "text": strip(found.html)[:LONGEST],
        "address": _address(found),
        "thread": found.opening,
        "answers": found.parent_id,
    }


def _address(thing: Any) -> str:
    locate: Callable[[], str] = thing.get_absolute_url
    return f"{settings.ADDRESS}{locate()}"
