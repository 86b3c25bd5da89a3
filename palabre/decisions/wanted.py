"""What decisions want of somebody beside a ballot: answers to what was said within them, whether an objection is
resolved, and, once they are counted, what was decided.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject

from palabre.decisions.models import Argument, Decision, Side, Stage, Turn
from palabre.items.awaiting import Awaited, answered_for
from palabre.items.models import ItemQuerySet, State
from palabre.spaces import homecoming, sight

UNANSWERED, RESOLVED, UNSTATED = "decisions_unanswered", "decisions_resolved", "decisions_unstated"
MOST = 6


def _unanswered(person: Any, within: sight.Within) -> ArraySubquery:
    """The decisions of which `person` answers for the text, with what others said there that nobody has answered; an
    opinion still wants its answer once the vote is closed, for nothing is decided before.
    """
    # Begun from what is unanswered at all: of either one or the other, PostgreSQL would look at every item.
    said = Argument.objects.filter(answer="", lifted_at=None, item__state=State.PUBLISHED).exclude(item__author=person)
    open_ones = Q(item__parent__decision__stage__in=[Stage.DRAFT, Stage.OPEN])
    advice = Q(side=Side.OPINION, item__parent__decision__stage=Stage.CLOSED)
    mine = said.filter(open_ones | advice).alias(whose=Coalesce("item__parent__owner", "item__parent__author"))
    seen = mine.filter(within("item__parent__space"), whose=person, item__parent__state=State.PUBLISHED).order_by()
    rows: Any = seen.values("item__parent").annotate(number=Count("pk"))
    brief = JSONObject(
        pk=F("item__parent"), title=F("item__parent__title"), language=F("item__parent__language"),
        space=F("item__parent__space"), number=Count("pk"),
    )  # fmt: skip
    return ArraySubquery(rows.order_by("item__parent").values(brief=brief)[:MOST])


def _resolved(person: Any, within: sight.Within) -> ArraySubquery:
    """The objections of `person` that were answered, while the vote is open: only who raised one lifts it."""
    rows = Argument.objects.filter(
        within("item__parent__space"), side=Side.OBJECTION, lifted_at=None, item__author=person,
        item__state=State.PUBLISHED, item__parent__state=State.PUBLISHED, item__parent__decision__stage=Stage.OPEN,
    ).exclude(answer="")  # fmt: skip
    brief = JSONObject(
        pk=F("item__parent"), title=F("item__parent__title"), language=F("item__parent__language"),
        space=F("item__parent__space"), argument="pk", closes_at=F("item__parent__decision__closes_at"),
        by=F("answered_by__name"),
    )  # fmt: skip
    return ArraySubquery(rows.order_by("pk").values(brief=brief)[:MOST])


def _unstated(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """The votes that were counted and of which nobody has said what was decided, nor left it at that, for who answers
    for the text.
    """
    left = Turn.objects.filter(decision=OuterRef("pk"), what="left")
    counted = Decision.objects.filter(~Exists(left), stage=Stage.CLOSED, statement="").order_by().values("pk")
    return answered_for(person, among.filter(pk__in=counted))


def of(person: Any, what: str) -> list[dict[str, Any]]:
    """What of one sort is wanted of the reader."""
    return homecoming.told(person, what) or []


homecoming.tells(UNANSWERED, _unanswered)
homecoming.tells(RESOLVED, _resolved)
Awaited(UNSTATED, _unstated, first=("pk",), counted=False)
