"""The words behind a voice that was lent or given back, and those that are said within a decision."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.decisions.models import Argument
from palabre.items.quoting import LONGEST, of_parts
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, quotes
from palabre.kit.html import beginning
from palabre.kit.times import day_and_month
from palabre.spaces.models import Space


@quotes("voice_lent", "voice_returned", "voice_lapsed", "voice_came_back")
def of_voices(events: Sequence[Event]) -> Mapping[int, Quote]:
    """As it was said then; the page where it is seen is that of whoever is told."""
    names = dict(Space.objects.filter(pk__in={event.space for event in events}).values_list("pk", "name"))
    return {event.pk: Quote(_words(event, names), reverse("decisions:lent")) for event in events}


@quotes("argument_given", "objection_lifted")
def of_arguments(events: Sequence[Event]) -> Mapping[int, Quote]:
    """The reason, the opinion, the objection."""
    return of_parts(events, "argument")


@quotes("argument_answered")
def of_answers(events: Sequence[Event]) -> Mapping[int, Quote]:
    """What was answered to it, beside it."""
    answered = Argument.objects.filter(pk__in={event.item for event in events}, item__parent__isnull=False)
    told = answered.exclude(answer="").select_related("item__parent")
    told = told.defer("item__body", "item__html", "item__parent__body", "item__parent__html")
    said = {
        each.pk: Quote(beginning(each.answer, LONGEST), f"{each.item.parent.get_absolute_url()}#argument-{each.pk}")
        for each in told
        if each.item.parent
    }
    return {event.pk: said[event.item] for event in events if event.item in said}


def _words(event: Event, names: Mapping[int, str]) -> str:
    if event.space:
        said = _("for what is decided in %(space)s") % {"space": names.get(event.space, "…")}
    else:
        said = _("for what is about #%(topic)s") % {"topic": event.particulars.get("topic", "")}
    until = event.particulars.get("until")
    if not until:
        return said
    return _("%(what)s, until %(day)s") % {"what": said, "day": day_and_month(date.fromisoformat(until))}
