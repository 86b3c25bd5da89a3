"""Who challenged a rule hears how that ended."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from palabre.journal.concerning import role
from palabre.journal.models import Event
from palabre.rules.models import Challenge


@role("challenger", _("%(who)s answered your challenge"), rank=15, personal=True)
def challengers(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Whose challenge was answered."""
    numbers = {event.pk: event.particulars.get("challenge") for event in events}
    by = dict(Challenge.objects.filter(pk__in=[key for key in numbers.values() if key]).values_list("pk", "by"))
    return [(event, by[key]) for event, key in numbers.items() if key in by]
