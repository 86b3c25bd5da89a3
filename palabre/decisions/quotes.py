"""The words behind a voice that was lent or given back, and those that are said within a decision."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.decisions.models import Argument
from palabre.items.models import address
from palabre.items.quoting import of_part, parts
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, Row, Rows, quotes
from palabre.kit.times import day_and_month
from palabre.spaces.models import Space

quotes("argument_given", "objection_lifted", rows=parts("argument"))(of_part)

SPACES = Rows("space", lambda: Space.objects.all(), {"name": "name"}, needed=False)
ANSWERED = Rows(
    "item",
    lambda: Argument.objects.filter(item__parent__isnull=False).exclude(answer=""),
    {"words": "answer", "decision": "item__parent", "kind": "item__parent__kind", "title": "item__parent__title"},
)


@quotes("voice_lent", "voice_returned", "voice_lapsed", "voice_came_back", rows=SPACES)
def of_voice(event: Event, space: Row) -> Quote:
    """As it was said then; the page where it is seen is that of whoever is told."""
    return Quote(_words(event, space.get("name", "…")), reverse("decisions:lent"))


@quotes("argument_answered", rows=ANSWERED)
def of_answer(_event: Event, argument: Row) -> Quote:
    """What was answered to it, beside it."""
    decision = address(argument["kind"], argument["decision"], argument["title"])
    return Quote(argument["words"], f"{decision}#argument-{argument['pk']}")


def _words(event: Event, space: str) -> str:
    if event.space:
        said = _("for what is decided in %(space)s") % {"space": space}
    else:
        said = _("for what is about #%(topic)s") % {"topic": event.particulars.get("topic", "")}
    until = event.particulars.get("until")
    if not until:
        return said
    return _("%(what)s, until %(day)s") % {"what": said, "day": day_and_month(date.fromisoformat(until))}
