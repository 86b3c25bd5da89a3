"""What comes after the count: what is said of the result and by whom, and the day on which it is looked at again."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from palabre.decisions import agenda
from palabre.decisions.models.course import Settled, Stage, Unanswered
from palabre.items.models import READABLE, Facet, Item


class Concluded(Facet):
    """The stages that a decision goes through, each kept as a turn; and what is written once it is taken."""

    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRAFT)
    closes_at = models.DateTimeField(null=True)
    statement = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    review_due = models.BooleanField(default=False)

    turns: Any  # of `happenings`

    class Meta:
        abstract = True

    @transaction.atomic
    def state(self, by: Any, statement: str) -> None:
        """Says what was decided and what happens now, in the words of somebody who answers for it. Raises Settled, and
        Unanswered where opinions wait.
        """
        self._hold(Stage.CLOSED)
        self._answered()
        self.statement = statement
        self.save(update_fields=["statement"])
        self._turn("stated", by)
        self.item.record("decision_stated", by)

    @transaction.atomic
    def leave(self, by: Any, reason: str) -> None:
        """Nothing more is said of the result, for that reason; it can be, later, all the same. Raises as `state`."""
        self._hold(Stage.CLOSED)
        self._answered()
        if self.statement or self.turns.filter(what="left").exists():
            raise Settled
        self._turn("left", by, reason)
        self.item.record("decision_left", by, reason=reason)

    @transaction.atomic
    def review(self, by: Any, on: Any) -> None:
        """It is looked at again on that day; None: no more. Raises Settled before it is decided."""
        self._hold(Stage.CLOSED)
        reviewed, self.review_on, self.review_due = self.review_due, on, False
        self.save(update_fields=["review_on", "review_due"])
        agenda.expect(self.pk, agenda.REVIEW, agenda.morning_of(on), by)
        if reviewed:
            self._turn("reviewed", by)
        self.item.record("decision_reviewed" if reviewed else "decision_review_set", by)

    def _answered(self) -> None:
        """Raises Unanswered while an opinion that was asked for waits."""
        opinions = Item.objects.filter(kind="argument", parent=self.item, state__in=READABLE)
        if opinions.filter(argument__side="opinion", argument__answer="").exists():
            raise Unanswered

    def _turn(self, what: str, by: Any, reason: str = "") -> None:
        self.turns.create(what=what, by=by, reason=reason, closes_at=self.closes_at)

    def _hold(self, stage: Stage) -> None:
        """Nobody else changes it meanwhile, and it is at that stage."""
        self.take_hold()
        if self.stage != stage:
            raise Settled(self.stage)
