"""Ways into a space: a part that an invitation brings, and one that is asked for."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from palabre.kit.clock import now
from palabre.people.models import Invitation, Person
from palabre.spaces.models.audience import Role
from palabre.spaces.models.space import Space


class Placement(models.Model):
    """The space and the role that an invitation brings besides the account."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="placements")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="placements")
    role = models.CharField(max_length=12, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "space"], name="spaces_placed_once")]

    def __str__(self) -> str:
        return f"{self.invitation} · {self.space} · {self.role}"

    @classmethod
    @transaction.atomic
    def promise(cls, invitation: Invitation, space: Space, role: str, by: Any) -> Placement:
        """Says that an invitation brings a role in a space."""
        space.record("membership_promised", by, person=invitation.person, role=role, invitation=invitation.pk)
        return cls.objects.create(invitation=invitation, space=space, role=role)


class RequestQuerySet(models.QuerySet["Request"]):
    """Questions about requests."""

    def waiting(self) -> RequestQuerySet:
        """Those nobody has answered, by people still here."""
        return self.filter(answered_at=None, person__left_at=None)


class Request(models.Model):
    """Somebody asks a space's stewards for a role in it; they grant or refuse, with a word."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="requests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="requests")
    role = models.CharField(max_length=12, choices=Role, default=Role.READER)
    words = models.TextField(_("why"), blank=True, max_length=1000)
    asked_at = models.DateTimeField(default=now)
    granted = models.BooleanField(null=True)
    answer = models.TextField(_("a word to them"), blank=True, max_length=1000)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"], condition=Q(answered_at=None), name="spaces_one_open_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.space}"

    @transaction.atomic
    def grant(self, role: str, answer: str, by: Any) -> bool:
        """Gives the role; False when somebody has answered before."""
        if not self._close(True, answer, by):
            return False
        self.space.record("access_granted", by, person=self.person, role=role, request=self.pk)
        self.space.welcome(self.person, role, by)
        return True

    @transaction.atomic
    def refuse(self, answer: str, by: Any) -> bool:
        """Says no; False when somebody has answered before."""
        if not self._close(False, answer, by):
            return False
        self.space.record("access_refused", by, person=self.person, request=self.pk)
        return True

    def _close(self, granted: bool, answer: str, by: Any) -> bool:
        # Held while it is answered: of two stewards at once, one answers.
        if Request.objects.select_for_update(no_key=True).get(pk=self.pk).answered_at:
            return False
        self.granted, self.answer, self.answered_at, self.answered_by = granted, answer, now(), by
        self.save(update_fields=["granted", "answer", "answered_at", "answered_by"])
        return True
