"""Results that were read by the worker, for consultations so large that no page should wait for them."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from palabre.consultations.models.consultation import Consultation
from palabre.kit.clock import now


class KeptQuerySet(models.QuerySet["Kept"]):
    """What was read."""

    def told_to(self, _person: Any) -> KeptQuerySet:
        """Nobody takes it along: it is read again from the answers."""
        return self.none()


class Kept(models.Model):
    """What a page of results says of `number` answers under that title, on one side and in one language."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="kept_results")
    side = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=250)
    found = models.JSONField(encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=now)

    objects = KeptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "side", "language"], name="consultations_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.side}, {self.number} · {self.consultation_id}"
