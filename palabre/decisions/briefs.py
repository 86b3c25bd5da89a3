"""What else comes with a decision in the query that brings it: its page has none to spare."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from palabre.decisions.models import Ballot, Elector, Mark, Shown, Stage, Standing, Turn
from palabre.kit.queries import Slot


def brought() -> dict[str, Any]:
    """Whether the reader may vote and for whom, what they openly said, how many might and did, what happened, and, to
    whom the result is shown while it is open, how it stands.
    """
    reader = Slot("reader")
    ballots = Ballot.objects.filter(decision=OuterRef("pk"))
    mine = ballots.filter(voter=reader)
    voted = Ballot.objects.filter(decision=OuterRef("decision"), voter=reader)
    shown = Standing.objects.filter(Exists(voted), decision=OuterRef("pk"), decision__stage=Stage.OPEN)
    marks = Mark.objects.filter(elector__decision=OuterRef("pk"))
    electors = Elector.objects.filter(decision=OuterRef("pk"))
    turns = Turn.objects.filter(decision=OuterRef("pk")).order_by("-pk")
    return {
        "is_elector": Exists(electors.filter(person=reader)),
        "mandate": Subquery(electors.filter(person=reader).values("organisation__name")[:1]),
        "eligible": _number(electors),
        "voted": _number(ballots) + _number(marks, "elector__decision"),
        "marked_on": Subquery(marks.filter(elector__person=reader).values("version")[:1]),
        "unconfirmed": _number(ballots.filter(version__lt=F("decision__pinned")))
        + _number(marks.filter(version__lt=F("elector__decision__pinned")), "elector__decision"),
        "mine": ArraySubquery(mine.values(brief=JSONObject(said="said", version="version", at="at"))),
        "standing": ArraySubquery(
            shown.filter(decision__shown=Shown.VOTED).values(brief=JSONObject(outcome="outcome", at="at"))
        ),
        "happenings": ArraySubquery(
            turns.values(
                brief=JSONObject(what="what", at="at", reason="reason", closes_at="closes_at", by=F("by__name"))
            )
        ),
    }


def _number(rows: Any, of: str = "decision") -> Coalesce:
    counted = rows.order_by().values(of).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
