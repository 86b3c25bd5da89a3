"""Who stands in which role towards what happens to a space, and to somebody's part in it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from palabre.journal.concerning import role
from palabre.journal.models import Event
from palabre.people.models import Person
from palabre.spaces.models import Membership, Role


@role("stewards", _("You look after this space"), rank=25, personal=True)
def stewards(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who shapes the space."""
    able = Person.objects.with_account().filter(is_bot=False)
    members = Membership.objects.filter(
        space__in={event.space for event in events if event.space}, role=Role.STEWARD, person__in=able.values("pk")
    )
    pairs = list(members.values_list("space", "person"))
    return [(event.pk, person) for event in events for space, person in pairs if space == event.space]


@role("person", _("It is about you"), rank=5, personal=True)
def persons(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """The person whom the event names."""
    return [(event.pk, event.person) for event in events if event.person]
