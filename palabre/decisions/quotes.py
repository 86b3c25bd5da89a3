"""The words behind a decision: until when its vote is open, why that was changed, what came out, what was decided,
what is said within it; and those behind a voice that was lent or given back.
"""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.decisions.methods import WORDED, titles
from palabre.decisions.models import Argument, Decision, Stage
from palabre.decisions.telling import verdict
from palabre.items.models import address
from palabre.items.quoting import of_part, parts
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, Row, Rows, quotes
from palabre.kit.times import day_and_month, in_full
from palabre.spaces.models import Space

quotes("argument_given", "objection_lifted", rows=parts("argument"))(of_part)

SPACES = Rows("space", lambda: Space.objects.all(), {"name": "name"}, needed=False)
ANSWERED = Rows(
    "item",
    lambda: Argument.objects.filter(item__parent__isnull=False).exclude(answer=""),
    {"words": "answer", "decision": "item__parent", "kind": "item__parent__kind", "title": "item__parent__title"},
)


SAID = {"title": "item__title", "stage": "stage", "options": "options", "method": "rule__name"}
DECISIONS = Rows("item", lambda: Decision.objects.all(), {**SAID, "statement": "statement", "closes_at": "closes_at"})
# Apart, since a count is kept with all its ballots.
COUNTS = Rows(
    "item",
    lambda: Decision.objects.all(),
    {**SAID, **{name: f"outcome__document__result__{name}" for name in ("winners", "sure", "turnout")}},
)


@quotes("decision_opened", rows=DECISIONS)
def of_opening(_event: Event, decision: Row) -> Quote | None:
    """Until when one is asked, as it stands now, and between what; nothing once that is over."""
    if decision["stage"] != Stage.OPEN:
        return None
    said = [_("Open until %(when)s.") % {"when": in_full(datetime.fromisoformat(decision["closes_at"]))}]
    if decision["method"] not in WORDED:
        said += [f"– {title}" for title in titles(decision["method"], decision["options"]).values()]
    return Quote("\n".join(said), f"{_address(decision)}#vote")


@quotes("decision_extended", rows=DECISIONS)
def of_extension(event: Event, decision: Row) -> Quote | None:
    """Until when, as was said then, and why."""
    until = event.particulars.get("until")
    said = [_("Open until %(when)s.") % {"when": in_full(datetime.fromisoformat(until))}] if until else []
    return Quote("\n\n".join([*said, event.particulars.get("reason", "")]), f"{_address(decision)}#vote")


@quotes("decision_closed", "decision_ended", rows=COUNTS)
def of_result(event: Event, decision: Row) -> Quote | None:
    """Who is chosen, and why it ended before its hour if it did; of opinions, that alone: nothing is chosen by them."""
    said = [event.particulars.get("reason", "")]
    if decision["stage"] == Stage.CLOSED and decision["method"] != "advice":
        called = titles(decision["method"], decision["options"])
        sure = [title for key, title in called.items() if key in decision["sure"]]
        left = [title for key, title in called.items() if key in decision["winners"] and key not in decision["sure"]]
        said.insert(0, verdict(sure, left, decision["turnout"]))
    words = "\n\n".join(filter(None, said))
    return Quote(words, f"{_address(decision)}#vote") if words else None


@quotes("decision_cancelled", "decision_left", rows=DECISIONS)
def of_course(event: Event, decision: Row) -> Quote | None:
    """The reason that was given then."""
    reason = event.particulars.get("reason")
    return Quote(reason, _address(decision)) if reason else None


@quotes("decision_stated", rows=DECISIONS)
def of_outcome(_event: Event, decision: Row) -> Quote | None:
    """What was decided, as it reads now."""
    return Quote(decision["statement"], f"{_address(decision)}#outcome") if decision["statement"] else None


@quotes("voice_lent", "voice_returned", "voice_lapsed", "voice_came_back", rows=SPACES)
def of_voice(event: Event, space: Row) -> Quote:
    """As it was said then; the page where it is seen is that of whoever is told."""
    return Quote(_words(event, space.get("name", "…")), reverse("decisions:lent"))


@quotes("argument_answered", rows=ANSWERED)
def of_answer(_event: Event, argument: Row) -> Quote:
    """What was answered to it, beside it."""
    decision = address(argument["kind"], argument["decision"], argument["title"])
    return Quote(argument["words"], f"{decision}#argument-{argument['pk']}")


def _address(decision: Row) -> str:
    return address("decision", decision["pk"], decision["title"])


def _words(event: Event, space: str) -> str:
    if event.space:
        said = _("for what is decided in %(space)s") % {"space": space}
    else:
        said = _("for what is about #%(topic)s") % {"topic": event.particulars.get("topic", "")}
    until = event.particulars.get("until")
    if not until:
        return said
    return _("%(what)s, until %(day)s") % {"what": said, "day": day_and_month(date.fromisoformat(until))}
