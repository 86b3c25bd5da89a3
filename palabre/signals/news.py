"""News for pages that are open: what their readers are told while they read, and whether they still may.

The journal wakes whoever streams it; two channels of PostgreSQL carry what is not in it: that inboxes were filled,
and that somebody is writing. Nothing here is kept: a page that missed it asks again.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest
from django.utils import translation

from palabre.items import kinds
from palabre.items.models import Item
from palabre.items.within import part_of
from palabre.journal import following
from palabre.journal.following import SETTLED, Position
from palabre.journal.models import Event
from palabre.kit import navigation
from palabre.people.models import Person
from palabre.signals.models import Signal
from palabre.signals.saying import sentence
from palabre.spaces import sight
from palabre.spaces.models import Membership, Space
from palabre.spaces.readership import readers

INBOXES, WRITING = "inboxes", "writing"
EVENTS = 1000  # read in one go
IS_SETTLED = ExpressionWrapper(Q(xid__lt=SETTLED), BooleanField())


@dataclass(frozen=True)
class Piece:
    """What happened to an item, as a page that shows it is told.

    `text`: what the page says is no longer all there is, as its text has changed, or what is told to who follows it.
    """

    event: Event
    said: dict[str, str]  # by language
    name: str = ""

    def data(self, language: str, reader: int) -> dict[str, Any]:
        """For one reader: what it was, in their language, and where on the page it stands."""
        told, part = self.event.particulars, part_of(self.event)
        followed = "followers" in self.event.meaning.concerns and not told.get("comment")
        return {
            "event": self.event.pk,
            "said": self.said.get(language, ""),
            "mine": self.event.by == reader,
            "thread": told.get("thread") or told.get("comment"),
            "comment": told.get("comment"),
            "text": "version" in told or followed,
            "place": "{}-{}".format(*part) if part else "",
        }


def inboxes_filled() -> None:
    """Says, when the transaction commits, that signals have been written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [INBOXES])


def is_writing(person: Any, item: Item) -> None:
    """Says that somebody is writing a comment on an item."""
    told = {"item": item.pk, "person": person.pk, "name": person.name}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [WRITING, json.dumps(told)])


def pieces(events: Sequence[Event]) -> list[Piece]:
    """What these events say to the pages of their items."""
    telling = [event for event in events if event.item]
    people = Person.objects.in_bulk({event.by for event in telling if event.by})
    apart = _apart({event.item or 0 for event in telling if event.meaning.says_apart})
    found = []
    for event in telling:
        by = people.get(event.by or 0)
        said = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                said[language] = sentence(event.verb, [by], event.item in apart) if by and event.meaning.says else ""
        found.append(Piece(event, said, by.name if by else ""))
    return found


def _apart(items: Collection[int]) -> set[int]:
    """Those of these items that stand apart."""
    named = [kind.name for kind in kinds.every() if kind.apart]
    return set(Item.objects.filter(pk__in=items, kind__in=named).values_list("pk", flat=True)) if items else set()


def happened(
    place: Position, early: set[int], watched: Collection[int]
) -> tuple[list[Any], list[Piece], Position, set[int]]:
    """What has been committed and not been read yet, and what of it is said to the pages of these items; how far all
    has settled, and what of the rest was read."""
    coming = list(following.since(place).annotate(is_settled=IS_SETTLED).order_by("xid", "id")[:EVENTS])
    settled = [event for event in coming if event.is_settled]  # these come first
    last = Position(settled[-1].xid, settled[-1].pk) if settled else place
    fresh = [event for event in coming if event.pk not in early]
    said = pieces([event for event in fresh if event.item in watched])
    return fresh, said, last, {event.pk for event in coming} - {event.pk for event in settled}


def missed(after: Position, item: int) -> list[Event]:
    """What happened to an item past a place."""
    return list(following.since(after).filter(item=item).order_by("xid", "id")[:EVENTS])


def waiting(people: Collection[int]) -> dict[int, dict[str, int]]:
    """How many things wait for each of these people, by the name of the place; who cannot sign in is not there."""
    able = Person.objects.with_account().filter(pk__among=list(people))
    return {person.pk: counts(person) for person in able}


def counts(person: Any) -> dict[str, int]:
    """The numbers beside the places of the frame, as this person would see them."""
    asked = HttpRequest()
    asked.user = sight.keeping(person)
    return navigation.counts(asked)


def taking_part(events: Iterable[Event], people: Collection[int]) -> set[int]:
    """Whose lists, of these people, show what happened among a few: those who take part, and who has just left."""
    among = {event.space for event in events if event.space}
    apart = set(Space.objects.filter(pk__among=list(among), nameless=True).values_list("pk", flat=True))
    if not apart:
        return set()
    here = Membership.objects.filter(space__in=apart, person__among=list(people)).order_by()
    gone = {event.person for event in events if event.space in apart and event.person}
    return {*here.values_list("person", flat=True), *gone.intersection(people)}


def filled_since(signal: int, people: Collection[int]) -> tuple[int, set[int]]:
    """Whose inboxes, of these people, were filled after a signal; and the last signal there is."""
    fresh = Signal.objects.filter(pk__gt=signal).order_by()
    last = Signal.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return last, set(fresh.filter(person__among=list(people)).values_list("person", flat=True))


def still_reading(item: int, people: Iterable[int]) -> set[int]:
    """Who of these people may still read an item; of no item (0), who may still sign in."""
    if not item:
        return set(Person.objects.with_account().filter(pk__among=list(people)).values_list("pk", flat=True))
    found = Item.objects.select_related("space").defer("body", "html").filter(pk=item).first()
    if found is None or not found.is_readable:
        return set()
    return set(readers(found.space).filter(pk__among=list(people)).order_by().values_list("pk", flat=True))
