"""What is told of a webhook: its name, why it hears nothing any more, and where one can mend that."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.journal.models import Event
from palabre.journal.quoting import Quote, quotes
from palabre.webhooks.models import Webhook, Why


@quotes("webhook_made", "webhook_enabled", "webhook_disabled", "webhook_given_up")
def of_webhooks(events: Sequence[Event]) -> Mapping[int, Quote]:
    """Of those that are there still; one that was removed has only the sentence."""
    numbers = {event.pk: event.particulars.get("webhook") for event in events}
    there = set(Webhook.objects.filter(pk__in={n for n in numbers.values() if n}).values_list("pk", flat=True))
    return {
        event.pk: Quote(_words(event), reverse("webhooks:show", args=[numbers[event.pk]]))
        for event in events
        if numbers[event.pk] in there
    }


def _words(event: Event) -> str:
    name, why = str(event.particulars.get("name", "")), event.particulars.get("why")
    if event.verb != "webhook_given_up" or why not in Why.values:
        return name
    return _("%(name)s: %(why)s") % {"name": name, "why": Why(why).label}
