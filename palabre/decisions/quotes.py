"""The words behind a voice that was lent or given back: for what, and until when."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.journal.models import Event
from palabre.journal.quoting import Quote, quotes
from palabre.kit.times import day_and_month
from palabre.spaces.models import Space


@quotes("voice_lent", "voice_returned", "voice_lapsed", "voice_came_back")
def of_voices(events: Sequence[Event]) -> Mapping[int, Quote]:
    """As it was said then; the page where it is seen is that of whoever is told."""
    names = dict(Space.objects.filter(pk__in={event.space for event in events}).values_list("pk", "name"))
    return {event.pk: Quote(_words(event, names), reverse("decisions:lent")) for event in events}


def _words(event: Event, names: Mapping[int, str]) -> str:
    if event.space:
        said = _("for what is decided in %(space)s") % {"space": names.get(event.space, "…")}
    else:
        said = _("for what is about #%(topic)s") % {"topic": event.particulars.get("topic", "")}
    until = event.particulars.get("until")
    if not until:
        return said
    return _("%(what)s, until %(day)s") % {"what": said, "day": day_and_month(date.fromisoformat(until))}
