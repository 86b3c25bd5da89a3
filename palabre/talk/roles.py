"""Who stands in which role towards what is said about an item."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item
from palabre.journal.concerning import role
from palabre.journal.models import Event
from palabre.people.models import Person
from palabre.talk.models import Comment


@role("answered", _("%(who)s answered you"), rank=20, personal=True)
def answered(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who said what a comment answers, and who opened its thread."""
    return _of_comments(events, "parent__by", "thread__by")


@role("speaker", _("You said it"), rank=35)
def speakers(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who said the comment that something happened to."""
    return _of_comments(events, "by")


@role("addressee", _("You said it"), rank=35)
def addressees(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Towards whom a gesture is made: who said the comment, or who wrote the item."""
    authors = dict(Item.objects.filter(pk__in={event.item for event in events}).values_list("pk", "author"))
    towards_comments = [event for event in events if event.particulars.get("comment")]
    towards_items = [event for event in events if not event.particulars.get("comment")]
    return [
        *speakers(towards_comments),
        *((event.pk, authors[event.item]) for event in towards_items if event.item in authors),
    ]


@role("named", _("%(who)s mentioned you"), rank=10, personal=True)
def named(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Whom a comment mentions."""
    handles = {handle for event in events for handle in event.particulars.get("mentions", ())}
    people = dict(Person.objects.with_account().filter(handle__in=handles).values_list("handle", "pk"))
    return [
        (event.pk, people[handle])
        for event in events
        for handle in event.particulars.get("mentions", ())
        if handle in people
    ]


def _of_comments(events: Sequence[Event], *fields: str) -> Iterable[tuple[int, int]]:
    numbers = {event.pk: event.particulars.get("comment") for event in events}
    said = Comment.objects.filter(pk__in={number for number in numbers.values() if number})
    people = {pk: found for pk, *found in said.values_list("pk", *fields)}
    return [(event, person) for event, number in numbers.items() for person in people.get(number, ()) if person]
