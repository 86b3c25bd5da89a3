"""What a webhook may hear of: what its keeper may see now, within its space or what the whole house reads.

One rule for both moments at which it is asked: when an event becomes a delivery, and each time one is sent.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from palabre.items.models import READABLE, Item, State
from palabre.journal.models import Event
from palabre.spaces.models import Audience, Space
from palabre.webhooks import vocabulary
from palabre.webhooks.models import Webhook


@dataclass(frozen=True)
class Heard:
    """An event and its item; `gone` when the item went out of sight by it, and only its number may be told."""

    event: Event
    item: Item
    gone: bool = False


def of(webhook: Webhook, events: Sequence[Event]) -> Iterator[Heard]:
    """Those of the events that it may be told of, in their order. Three queries, however many there are."""
    chosen = [event for event in events if is_chosen(webhook, event)]
    if not chosen:
        return
    items = Item.objects.filter(pk__among=sorted({event.item for event in chosen if event.item}))
    if webhook.kinds:
        items = items.filter(kind__in=webhook.kinds)
    known = {item.pk: item for item in items.select_related("author", "space").defer("body", "html", "outline")}
    spaces = set(_spaces(webhook))
    vanished = [event.item for event in chosen if event.verb == "withdrawn" and event.item in known]
    published = _published(vanished) if vanished else {}
    for event in chosen:
        item = known.get(event.item or 0)
        if item is None:
            continue
        if item.is_readable and item.space_id in spaces:
            yield Heard(event, item)
        elif _origin(event) in spaces and _went(event, item, published):
            yield Heard(event, item, gone=True)


def is_chosen(webhook: Webhook, event: Event) -> bool:
    """Whether it is of the place, verb and kind of thing it asked for, as far as the event alone says; no query."""
    return (
        event.item is not None
        and event.verb in vocabulary.known()
        and (not webhook.verbs or event.verb in webhook.verbs)
        and (webhook.space_id is None or webhook.space_id in (event.space, _origin(event)))
        and not event.particulars.get("silent")
    )


def _spaces(webhook: Webhook) -> Iterator[int]:
    """Of what its keeper sees: its own space or, for the company, what is not a team's (nor a conversation's) alone."""
    seen = Space.objects.visible_to(webhook.keeper).order_by()
    if webhook.space_id:
        seen = seen.filter(pk=webhook.space_id)
    else:
        seen = seen.exclude(audience=Audience.TEAM)
    yield from seen.values_list("pk", flat=True)


def _origin(event: Event) -> int | None:
    """The space in which it was before it vanished from there."""
    return event.particulars.get("before") if event.verb == "moved" else event.space


def _went(event: Event, item: Item, published: dict[int, int]) -> bool:
    """Whether its readers lose by this event something they could read: never a draft."""
    match event.verb:
        case "moved":
            return item.is_readable
        case "trashed":
            return item.state == State.TRASHED and item.extras.get("before_trash") in READABLE
        case "withdrawn":
            return published.get(item.pk, event.pk) < event.pk
    return False


def _published(items: Collection[int | None]) -> dict[int, int]:
    """The first event by which each of them appeared."""
    events = Event.objects.filter(item__in=items, verb="published").order_by("-pk")
    return {item: event for item, event in events.values_list("item", "pk") if item}
