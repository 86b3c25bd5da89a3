"""The words behind a decision: why its vote was changed, what was decided, what is said within it; and those behind a
voice that was lent or given back.
"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.decisions.models import Argument, Decision
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


DECISIONS = Rows("item", lambda: Decision.objects.all(), {"title": "item__title", "statement": "statement"})


@quotes("decision_extended", "decision_ended", "decision_cancelled", "decision_left", rows=DECISIONS)
def of_course(event: Event, decision: Row) -> Quote | None:
    """The reason that was given then."""
    reason = event.particulars.get("reason")
    return Quote(reason, address("decision", decision["pk"], decision["title"])) if reason else None


@quotes("decision_stated", rows=DECISIONS)
def of_outcome(_event: Event, decision: Row) -> Quote | None:
    """What was decided, as it reads now."""
    place = f"{address('decision', decision['pk'], decision['title'])}#outcome"
    return Quote(decision["statement"], place) if decision["statement"] else None


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
