"""A voice that somebody lends to somebody else, for what is decided in a space or about a topic."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction

from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.spaces.models import Space
from palabre.tags.keys import LONGEST


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Who lends their voice to whom."""

    def told_to(self, person: Any) -> DelegationQuerySet:
        """What somebody gave, and what was given to them."""
        return self.filter(models.Q(giver=person.pk) | models.Q(to=person.pk))

    @transaction.atomic
    def lend(self, giver: Any, to: Any, space: Space | None, topic: str = "") -> Delegation:
        """From now on, and in place of what was lent for the same."""
        lent, _new = self.update_or_create(giver=giver, space=space, topic=topic, defaults={"to": to, "at": now()})
        record("voice_lent", giver, person=to, space=space, topic=topic)
        return lent


class Delegation(models.Model):
    """Until it is taken back, and wherever the giver does not vote themselves.

    topic: the key of a tag, as it was called then; it goes on being understood when the tag gets another name.
    """

    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=2 * LONGEST, blank=True)
    at = models.DateTimeField(default=now)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(space__isnull=True) ^ models.Q(topic=""), name="decisions_lent_by_topic"
            ),
            models.CheckConstraint(condition=~models.Q(giver=models.F("to")), name="decisions_lent_to_another"),
            models.UniqueConstraint(fields=["giver", "space"], name="decisions_lent_once_a_space"),
            models.UniqueConstraint(
                fields=["giver", "topic"], condition=models.Q(topic__gt=""), name="decisions_lent_once_a_topic"
            ),
        ]

    @transaction.atomic
    def take_back(self) -> None:
        """The giver speaks for themselves again."""
        record("voice_taken_back", self.giver, person=self.to, space=self.space, topic=self.topic)
        self.delete()

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.to_id}"
