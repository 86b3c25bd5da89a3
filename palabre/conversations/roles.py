"""Who stands in which role towards a message: in a conversation of two it is said to the other one, in a larger one to
everybody, who hear of it quietly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from palabre.conversations.models import Conversation, Outcome
from palabre.journal.concerning import role
from palabre.journal.models import Event
from palabre.journal.quoting import quotes
from palabre.spaces.models import Membership
from palabre.talk.quotes import COMMENTS, of_comment

quotes("messaged", rows=COMMENTS)(of_comment)


@role("correspondent", _("%(who)s wrote to you"), rank=15, personal=True)
def correspondents(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """The other one, of two."""
    return _taking_part(events, direct=True)


@role("participant", _("You take part"), rank=45, quiet=True)
def participants(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """All of a larger conversation."""
    return _taking_part(events, direct=False)


@role("said", _("It was made of what you said"), rank=33)
def sayers(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Whose message or comment an item was made of."""
    rows = Outcome.objects.filter(item__in={event.item for event in events}, comment__deleted_at=None)
    said: dict[int, set[int]] = defaultdict(set)
    for item, person in rows.values_list("item", "comment__by"):
        said[item or 0].add(person)
    return [(event.pk, person) for event in events for person in sorted(said[event.item or 0])]


def _taking_part(events: Sequence[Event], *, direct: bool) -> Iterable[tuple[int, int]]:
    about = Conversation.objects.filter(
        item__in={event.item for event in events if event.item}, pair__isnull=not direct
    )
    kept = set(about.values_list("item", flat=True))
    people: dict[int, list[int]] = defaultdict(list)
    spaces = {event.space for event in events if event.item in kept and event.space}
    for space, person in Membership.objects.filter(space__in=spaces).values_list("space", "person"):
        people[space].append(person)
    return [(event.pk, person) for event in events if event.item in kept for person in people[event.space or 0]]
