"""How an open vote stands, where that is shown on the way: counted by the worker, read by pages."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import models, transaction

from palabre.counting.ballots import Unfit
from palabre.counting.poll import Poll
from palabre.decisions import outcomes, tally
from palabre.decisions.models.course import Shown, Stage
from palabre.decisions.models.decision import Decision
from palabre.decisions.passing import HEARD
from palabre.kit.clock import now


class StandingQuerySet(models.QuerySet["Standing"]):
    """How votes stand."""

    def told_to(self, _person: Any) -> StandingQuerySet:
        """Nobody takes it along: it is shown to who has voted, and then it is over."""
        return self.none()

    @transaction.atomic
    def keep(self, decision: Decision) -> bool:
        """Counts an open vote anew, if it is shown on the way and something was said since; whether it did."""
        if decision.stage != Stage.OPEN or decision.shown != Shown.VOTED:
            return False
        carried = Counter(way.through[-1] for way in tally.ways(decision) if way.end == HEARD)
        cast = list(decision.ballots.order_by("pk").values_list("voter", "said", "at"))
        mark = f"{len(cast)} {max((at for *_said, at in cast), default='')} {sorted(carried.items())}"
        if self.filter(decision=decision, mark=mark).exists():
            return False
        kind, piles = decision.terms.rule.ballot, Counter[Any]()
        for voter, said, _at in cast:
            piles[kind.read(said)] += 1 + carried[voter]
        poll = Poll.of([*decision.titles], piles, eligible=decision.electors.count())
        try:
            outcome = outcomes.written(decision.item.title, decision.titles, decision.terms, poll)
        except Unfit:  # while a lot is not drawn, so many ties may be open that nothing can be said yet
            outcome = None
        kept = {"mark": mark, "outcome": outcome, "at": now()}
        self.update_or_create(decision=decision, defaults=kept)
        return True


class Standing(models.Model):
    """The outcome that a vote would have if it closed now; `mark` is what it was counted from."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="standings")
    mark = models.TextField()
    outcome = models.JSONField(null=True)
    at = models.DateTimeField(default=now)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision"], name="decisions_one_standing")]

    def __str__(self) -> str:
        return f"standing of {self.decision_id}"
