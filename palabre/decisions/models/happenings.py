"""What happened to a vote."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from palabre.decisions.models.decision import Decision
from palabre.kit.clock import now


class Turn(models.Model):
    """What happened to a vote, by whom (nobody: its hour had come) and why."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="turns")
    what = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.CharField(max_length=500, blank=True)
    closes_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.what} {self.decision_id}"
