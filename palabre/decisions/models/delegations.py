"""A voice that somebody lends to somebody else, for what is decided in a space or about a topic, until a day or not."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction

from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.kit.days import end_of
from palabre.spaces.models import Space
from palabre.tags.keys import LONGEST


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Who lends their voice to whom."""

    def told_to(self, person: Any) -> DelegationQuerySet:
        """What somebody gave, and what was given to them."""
        return self.filter(models.Q(giver=person.pk) | models.Q(to=person.pk))

    def standing(self, at: datetime | None = None) -> DelegationQuerySet:
        """Those whose last day is not over, at that hour; without one, now."""
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=at or now()))

    def over(self) -> DelegationQuerySet:
        """Those whose last day is over."""
        return self.filter(ends_at__lte=now())

    def untold(self) -> DelegationQuerySet:
        """Those of whose end nobody was told."""
        return self.filter(over_told_at=None)

    @transaction.atomic
    def lend(self, giver: Any, to: Any, space: Space | None, topic: str = "", until: date | None = None) -> Delegation:
        """From now on, to the end of the day `until` where the giver is, and in place of what was lent for the same.
        Who carries it is told, and who carried it until now."""
        before = self.untold().filter(giver=giver, space=space, topic=topic).exclude(to=to).first()
        if before:
            before.tell_of_return()
        ends_at = end_of(until, ZoneInfo(giver.time_zone)) if until else None
        kept = {"to": to, "until": until, "ends_at": ends_at, "at": now(), "over_told_at": None}
        lent, _new = self.update_or_create(giver=giver, space=space, topic=topic, defaults=kept)
        told = {"until": until.isoformat()} if until else {}
        record("voice_lent", giver, person=to, space=space, topic=topic, **told)
        return lent


class Delegation(models.Model):
    """Until it is taken back or its last day is over, and wherever the giver does not vote themselves.

    until: the last day on which it is heard, of votes that close then; None: no such day. ends_at: the midnight with
    which that day ends where the giver is, by which it is counted, told and shown. topic: the key of a tag, as it was
    called then; it goes on being understood when the tag gets another name. over_told_at: when both were told that its
    last day is over.
    """

    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=2 * LONGEST, blank=True)
    until = models.DateField(null=True)
    ends_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=now)
    over_told_at = models.DateTimeField(null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(space__isnull=True) ^ models.Q(topic=""), name="decisions_lent_by_topic"
            ),
            models.CheckConstraint(condition=~models.Q(giver=models.F("to")), name="decisions_lent_to_another"),
            models.CheckConstraint(
                condition=~(models.Q(until__isnull=True) ^ models.Q(ends_at__isnull=True)),
                name="decisions_lent_until_an_hour",
            ),
            models.UniqueConstraint(fields=["giver", "space"], name="decisions_lent_once_a_space"),
            models.UniqueConstraint(
                fields=["giver", "topic"], condition=models.Q(topic__gt=""), name="decisions_lent_once_a_topic"
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=models.Q(over_told_at=None), name="decisions_lent_ends")]

    @property
    def is_over(self) -> bool:
        """Its last day has passed: nobody hears it any more."""
        return self.ends_at is not None and self.ends_at <= now()

    @transaction.atomic
    def take_back(self) -> None:
        """The giver speaks for themselves again, and who carried their voice is told, of each end once."""
        if self.over_told_at is None:
            self.tell_of_return()
        self.delete()

    def tell_of_return(self) -> None:
        """To who carried it; where its last day was over before, that it had gone by itself."""
        what = "voice_lapsed" if self.is_over else "voice_returned"
        record(what, self.giver, person=self.to, space=self.space, topic=self.topic)

    def tell_of_end(self) -> None:
        """To both of them, that its last day is over."""
        where: dict[str, Any] = {"space": self.space, "topic": self.topic}
        record("voice_lapsed", self.giver, person=self.to, **where)
        record("voice_came_back", self.to, person=self.giver, **where)

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.to_id}"
