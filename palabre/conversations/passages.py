"""What departure and return mean for conversations: spaces end and renew who takes part, here it is told."""

from typing import Any

from palabre.conversations.models import Conversation
from palabre.conversations.turns import Turn, What
from palabre.journal.models import Event
from palabre.people.models import Person
from palabre.people.passage import at_departure, at_return


@at_departure
def tell_they_are_gone(person: Person, _by: Any) -> None:
    """A line in each conversation that they were in; who is left reads it."""
    since = Event.objects.filter(person=person.pk, verb="person_left").order_by("-id").values("id")[:1]
    ended = Event.objects.filter(person=person.pk, verb="member_removed", id__gt=since).values("space")
    _tell(person, What.GONE, Conversation.objects.filter(item__space__in=ended))


@at_return
def tell_they_are_back(person: Person, _by: Any) -> None:
    _tell(person, What.BACK, Conversation.objects.filter(item__space__memberships__person=person))


def _tell(person: Person, what: What, conversations: Any) -> None:
    for part in conversations.select_related("item__space"):
        part.retitle()
        if part.goes_on is None:
            Turn.objects.take(part.item, what, person, [person])
