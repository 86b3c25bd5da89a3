"""What objectives know beside their items: the measure, the target and the day, and the values seen on the way.

Who answers for an objective is its item's owner.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from palabre.authoring.lifecycle import name_owner
from palabre.items.models import Facet
from palabre.kit.clock import now

LONGEST = 4000  # characters of what came of it


class Standing(models.TextChoices):
    """How far it is, as whoever answers for it says."""

    OPEN = "open", pgettext_lazy("an objective", "Under way")
    REACHED = "reached", pgettext_lazy("an objective", "Reached")
    MISSED = "missed", pgettext_lazy("an objective", "Missed")
    DROPPED = "dropped", pgettext_lazy("an objective", "Given up")


class Objective(Facet):
    """What is measured, in which unit, from where to where and by when; at its end, what came of it."""

    measure = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    due = models.DateField(null=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)
    outcome = models.TextField(blank=True, max_length=LONGEST)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="objectives_standing"),
            models.CheckConstraint(
                condition=Q(standing=Standing.OPEN, ended_at=None)
                | (~Q(standing=Standing.OPEN) & Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="objectives_ended_with_words",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.standing == Standing.OPEN

    @transaction.atomic
    def aim(self, measure: str, unit: str, target: Decimal, due: date, owner: Any, by: Any) -> bool:
        """What is to be reached, by when, and who answers for it; False if it has ended."""
        self._lock()
        if not self.is_open:
            return False
        self.measure, self.unit, self.target, self.due = measure, unit, target, due
        self.save(update_fields=["measure", "unit", "target", "due"])
        if self.item.owner_id != owner.pk:
            self.item.owner = name_owner(self.item, by, owner).owner
        self.item.record("objective_aimed", by)
        return True

    @transaction.atomic
    def see(self, on: date, value: Decimal, note: str, by: Any) -> bool:
        """The value that was seen on a day; another one of that day is corrected. False if it has ended."""
        self._lock()
        if not self.is_open:
            return False
        seen = {"value": value, "note": note, "by": by, "at": now()}
        Reading.objects.update_or_create(objective=self, on=on, defaults=seen)
        self.item.record("objective_seen", by, on=on.isoformat())
        return True

    @transaction.atomic
    def end(self, standing: Standing, outcome: str, by: Any) -> bool:
        """It was reached, missed or given up, and what came of it; False if it had ended already."""
        self._lock()
        if not self.is_open or standing == Standing.OPEN:
            return False
        self.standing, self.outcome, self.ended_at = standing, outcome, now()
        self.save(update_fields=["standing", "outcome", "ended_at"])
        self.item.record("objective_ended", by)
        return True

    def _lock(self) -> None:
        self.standing = (
            Objective.objects.select_for_update(no_key=True).values_list("standing", flat=True).get(pk=self.pk)
        )


class Reading(models.Model):
    """The value that was seen on a day, by whom."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["objective", "on"], name="objectives_one_value_a_day")]

    def __str__(self) -> str:
        return f"{self.objective_id} {self.on}: {self.value}"
