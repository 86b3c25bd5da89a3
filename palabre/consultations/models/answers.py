"""What was answered, who has a place to answer from, and the statements that are voted on."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from palabre.consultations.models.consultation import Consultation, Stage, State


class ResponseQuerySet(models.QuerySet["Response"]):
    """What was answered."""

    def told_to(self, _person: Any) -> ResponseQuerySet:
        """None: nobody carries single answers away but by the export of their consultation."""
        return self.none()


class Response(models.Model):
    """What one person said, by the key of each question; once sent it neither changes nor leads to anybody.

    Its number is drawn at random, and of its day nothing is kept but the date, so that its order tells nothing either.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="responses")
    state = models.CharField(max_length=10, choices=State, default=State.BEGUN)
    side = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    cell = models.CharField(max_length=10, blank=True)
    said = models.JSONField(default=dict)
    batch = models.PositiveIntegerField(null=True)
    sent_on = models.DateField(null=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["consultation", "state", "batch"], name="consultations_responses")]

    def __str__(self) -> str:
        return f"{self.state} · {self.consultation_id}"


class SeatQuerySet(models.QuerySet["Seat"]):
    """Who has a place in what."""

    def waiting(self) -> SeatQuerySet:
        """Those who were asked, in what is open, and have not answered."""
        return self.filter(asked=True, done=False, consultation__stage=Stage.OPEN)

    def told_to(self, _person: Any) -> SeatQuerySet:
        return self.none()


class Seat(models.Model):
    """The one place of a person, a device or a link of invitation: whether it was asked, and whether it has answered.

    It leads to the response only while that is being written.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    device = models.CharField(max_length=64, null=True)
    asked = models.BooleanField(default=False)
    done = models.BooleanField(default=False)
    response = models.OneToOneField(Response, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="consultations_one_seat_a_person"),
            models.UniqueConstraint(fields=["consultation", "device"], name="consultations_one_seat_a_device"),
            models.CheckConstraint(
                condition=Q(done=False) | Q(response=None), name="consultations_seat_leads_nowhere_once_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or 'somebody'} · {self.consultation_id}"


class StatementQuerySet(models.QuerySet["Statement"]):
    """What is voted on in a map of opinions."""

    def standing(self) -> StatementQuerySet:
        return self.filter(hidden=False).order_by("pk")

    def told_to(self, _person: Any) -> StatementQuerySet:
        return self.standing()


class Statement(models.Model):
    """A short sentence to agree with or not. Whose it is, if it was added, is not kept; votes are counted along."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="statements")
    text = models.CharField(max_length=280)
    language = models.CharField(max_length=5)
    added = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "text"], name="consultations_statement_once")]

    def __str__(self) -> str:
        return self.text
