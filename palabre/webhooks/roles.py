"""Who stands in which role towards what happens to a webhook."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from palabre.journal.concerning import role
from palabre.journal.models import Event


@role("webhook_keeper", _("You answer for this webhook"), rank=6, personal=True)
def keepers(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who answers for the webhook, whom its events name."""
    return [(event.pk, event.person) for event in events if event.person]
