"""That nobody says what will be done after a consultation, and why not."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from palabre.consultations.models.consultation import Consultation
from palabre.kit.clock import now


class Leaving(models.Model):
    """Somebody who answers for a closed consultation left it at that: its results are not returned, for this reason."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="leavings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation"], name="consultations_left_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="consultations_left_in_words"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.reason}"
