"""Who stands in which role towards what happens to the whole house."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from palabre.journal.concerning import role
from palabre.journal.models import Event
from palabre.people.models import Person


@role("administrators", _("You run this house"), rank=26, personal=True)
def administering(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Those who run the house, of what stands in no space."""
    of_house = [event.pk for event in events if not (event.item or event.space)]
    people = administrators() if of_house else set()
    return [(event, person) for event in of_house for person in sorted(people)]


def administrators(among: Iterable[int] | None = None) -> set[int]:
    """Who can sign in and runs the house, of these people or of all, by primary key."""
    able = Person.objects.administrators().filter(is_bot=False).order_by()
    if among is not None:
        keys = sorted(set(among))
        if not keys:
            return set()
        able = able.filter(pk__in=keys)
    return set(able.values_list("pk", flat=True))
