"""Who stands in which role towards a consultation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from palabre.consultations.models import Seat, SeatQuerySet
from palabre.journal.concerning import role
from palabre.journal.models import Event


@role("consulted", _("Your opinion is asked"), rank=12, personal=True)
def consulted(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Those who were asked; when they just were, nobody but them."""
    named = [(event.pk, person) for event in events for person in event.particulars.get("people", ())]
    others = [event for event in events if "people" not in event.particulars]
    return [*named, *_among(others, Seat.objects.filter(asked=True))]


@role("heard", _("You answered it"), rank=12, personal=True)
def answerers(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Those who have answered and have an account."""
    return _among(events, Seat.objects.filter(done=True))


def _among(events: Sequence[Event], seats: SeatQuerySet) -> Iterable[tuple[int, int]]:
    people: dict[int, list[int]] = defaultdict(list)
    asked = seats.filter(consultation__in={event.item for event in events}, person__isnull=False).order_by("pk")
    for consultation, person in asked.values_list("consultation", "person"):
        people[consultation].append(person)
    return [(event.pk, person) for event in events for person in people[event.item or 0]]
