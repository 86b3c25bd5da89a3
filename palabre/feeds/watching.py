"""Watching: the journal is followed, and who subscribed to a feed that says something else now is about to be told.

One place in the log is kept for the house and moves in the transaction that asks for the deliveries: whatever dies
when, each change is announced once. An event only says that one should look: a feed has changed when its stamp has, so
that reading an event twice harms nothing, and an edit that no feed shows tells nobody.
"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from procrastinate.contrib.django import app

from palabre.feeds import delivering
from palabre.feeds.models import Place, Subscription
from palabre.feeds.sources import FORMATS, Source, absolute
from palabre.feeds.topics import topic_at
from palabre.items.models import Item
from palabre.journal import following
from palabre.journal.following import Position
from palabre.journal.models import Event
from palabre.journal.places import keep_reading
from palabre.people.models import Person

log = logging.getLogger(__name__)

SEARCHED = 15.0  # seconds between two looks at what is searched for, since the index follows the journal, too
PINGED = 100  # topics in one ping
PING = "feeds.ping"  # of `feeds.tasks`


def catch_up() -> int:
    """Reads all that has settled; returns how many events that was."""
    return Place.read_on(tell)


def tell(events: Sequence[Event]) -> None:
    """Announces what these events may have changed, in the caller's transaction."""
    telling = [each for each in events if each.meaning.changes_text or each.meaning.changes_sight or _named(each)]
    if settings.PALABRE_HUB:
        _ping([each for each in telling if not each.particulars.get("silent")])
    elif telling:
        look(Subscription.objects.standing())


def look(subscriptions: Any) -> None:
    """Looks at each feed that somebody subscribed to, once, and announces it to those who were not told of it yet."""
    stamps: dict[str, str | None] = {}
    for subscription in subscriptions.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        key = subscription.topic_digest
        if key not in stamps:
            topic = topic_at(subscription.address)
            stamps[key] = topic.stamp() if topic else None
        stamp = stamps[key]
        if stamp and stamp != subscription.announced:
            delivering.announce(subscription, stamp)


@transaction.atomic
def look_at_searches() -> None:
    """What is searched for changes when the index has followed."""
    look(Subscription.objects.standing().filter(searched=True))


def _named(event: Event) -> bool:
    """Whether it is about many things, which it names."""
    return "items" in event.particulars


def _ping(events: Sequence[Event]) -> None:
    """Tells the hub that is not ours which open feeds may have changed."""
    items = {each.item for each in events if each.item} | {pk for each in events for pk in _items(each)}
    topics = sorted({absolute(source.address(form)) for source in changed(items) for form in FORMATS})
    for start in range(0, len(topics), PINGED):
        app.configure_task(PING).defer(topics=[*topics[start : start + PINGED]])


def _items(event: Event) -> list[int]:
    return list(event.particulars.get("items", ()))


def changed(keys: set[int]) -> set[Source]:
    """The open lists that these items stand in, as far as a stranger may read them."""
    stranger = AnonymousUser()
    found: set[Source] = set()
    items = (
        Item.objects.visible_to(stranger).filter(pk__in=keys).select_related("space").prefetch_related("taggings__tag")
    )
    met = set(Person.objects.visible_to(stranger).filter(items__in=keys).values_list("pk", flat=True))
    for item in items.defer("body", "html", "outline"):
        slug, path = item.space.slug, item.kind_of.path
        found |= {
            Source.of("new"),
            Source.of("space", slug=slug),
            Source.of("kind_in_space", slug=slug, kind=path),
            Source.of("kind", kind=path),
            Source.of("comments", pk=item.pk),
            *(Source.of("tag", keys=tagging.tag.key) for tagging in item.taggings.all()),
        }
        if item.author_id in met:
            found.add(Source.of("person", pk=item.author_id))
    return found


def run(stopping: Callable[[], bool] = lambda: False) -> None:
    """Follows the journal until told to stop, and looks now and then at what is searched for."""
    searched = time.monotonic()

    def read() -> None:
        nonlocal searched
        catch_up()
        if time.monotonic() - searched > SEARCHED:
            look_at_searches()
            searched = time.monotonic()

    keep_reading(begin, read, stopping)


@transaction.atomic
def begin() -> None:
    """Takes the place in the log; one that is ahead of it comes from before a restoration, where numbers began anew:
    then all feeds are looked at."""
    place = Place.take()
    if Position(place.xid, place.event) > following.end():
        place.xid, place.event = following.settled()
        place.save()
        look(Subscription.objects.standing())
