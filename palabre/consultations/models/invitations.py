"""Who was invited by mail, and who wants no more of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Count

from palabre.consultations.models.answers import Seat
from palabre.consultations.models.consultation import Consultation, Stage, fingerprint
from palabre.kit.clock import now
from palabre.people.attention import A_MONTH, Attention, Use

USUAL = Attention().most(Use.REQUEST)
"""How often an address without an account is written to in a month: as often as people let the house ask them."""


def print_of(address: str) -> str:
    """What is kept of an address when the address itself is forgotten."""
    return fingerprint(0, address.casefold())


class InvitedQuerySet(models.QuerySet["Invitation"]):
    """Those who were written to."""

    def told_to(self, _person: Any) -> InvitedQuerySet:
        """Addresses go to nobody."""
        return self.none()

    def unanswered(self) -> InvitedQuerySet:
        """Whoever has not answered, and was not reminded, of what is open."""
        waiting = self.filter(seat__done=False, reminded_at=None, sent_at__isnull=False)
        return waiting.filter(consultation__stage=Stage.OPEN).exclude(address="")

    def often(self, prints: Collection[str]) -> set[str]:
        """Which of these were written to as often as one may be in a month."""
        late = self.filter(print__in=prints, made_at__gt=now() - A_MONTH)
        counted = late.order_by().values("print").annotate(n=Count("pk")).filter(n__gte=USUAL)
        return set(counted.values_list("print", flat=True))


class Invitation(models.Model):
    """A letter with a link that is good for one answer; the address is forgotten when the consultation closes.

    The link is derived from its number, so that it is kept nowhere, and a reminder can bring it again.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="invitations")
    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="invitation")
    address = models.EmailField(blank=True)
    print = models.CharField(max_length=64)
    language = models.CharField(max_length=5)
    made_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True)

    objects = InvitedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["print", "made_at"], name="consultations_invited_of_late")]
        constraints = [models.UniqueConstraint(fields=["consultation", "print"], name="consultations_invited_once")]

    def __str__(self) -> str:
        return f"{self.address or 'somebody'} · {self.consultation_id}"


class Silence(models.Model):
    """Somebody without an account who wants no more letters like these; nothing but the print of their address."""

    print = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y}"

    @classmethod
    def among(cls, prints: Collection[str]) -> set[str]:
        return set(cls.objects.filter(print__in=prints).values_list("print", flat=True))


AGAIN = timedelta(days=1)
"""A reminder comes no sooner than that after the letter."""
