"""What is told of a webhook: its name, why it hears nothing any more, and where one can mend that."""

from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.journal.models import Event
from palabre.journal.quoting import Quote, Row, Rows, quotes
from palabre.webhooks.models import Webhook, Why

STANDING = Rows("webhook", lambda: Webhook.objects.all())


@quotes("webhook_made", "webhook_enabled", "webhook_disabled", "webhook_given_up", rows=STANDING)
def of_webhook(event: Event, webhook: Row) -> Quote:
    """Of one that is there still; one that was removed has only the sentence."""
    return Quote(_words(event), reverse("webhooks:show", args=[webhook["pk"]]))


def _words(event: Event) -> str:
    name, why = str(event.particulars.get("name", "")), event.particulars.get("why")
    if event.verb != "webhook_given_up" or why not in Why.values:
        return name
    return _("%(name)s: %(why)s") % {"name": name, "why": Why(why).label}
