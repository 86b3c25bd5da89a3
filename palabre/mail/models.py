"""What somebody wants to be written: at once what is said to them, and the rest in a digest at an hour of theirs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from palabre.kit.clock import now
from palabre.mail.answers.bounces import stopped
from palabre.mail.answers.models import Bounce as Bounce  # models of this room
from palabre.mail.answers.models import Received as Received
from palabre.mail.answers.models import Stopped as Stopped
from palabre.people.mail import is_sent
from palabre.people.models import Person


class Rhythm(models.TextChoices):
    """How often a digest comes."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    NEVER = "never", _("Never")


class Choice(models.Model):
    """The letters of one person; who has no row has the usual ones."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="letters")
    at_once = models.BooleanField(_("write to me at once what is said to me"), default=True)
    digest = models.CharField(_("a digest of the rest"), max_length=6, choices=Rhythm, default=Rhythm.DAILY)
    hour = models.PositiveSmallIntegerField(_("at what hour"), default=8, validators=[MaxValueValidator(23)])
    weekday = models.PositiveSmallIntegerField(_("on which day"), default=0, choices=list(WEEKDAYS.items()))
    next_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"letters of {self.person_id}"

    @classmethod
    def of(cls, person: Any) -> Choice:
        """What that person wants."""
        return cls.objects.filter(person=person).first() or cls(person=person)

    def plan(self, after: datetime | None = None) -> None:
        """Says when the next digest is due, in the time zone of its person; saves."""
        self.next_at = self.following(after or now())
        self.save()

    def following(self, after: datetime) -> datetime | None:
        """The first hour for a digest after a moment; None for who wants none."""
        if self.digest == Rhythm.NEVER:
            return None
        zone = ZoneInfo(self.person.time_zone)
        day = after.astimezone(zone).date()
        for ahead in range(9):
            at = datetime.combine(day + timedelta(days=ahead), datetime.min.time(), zone).replace(hour=self.hour)
            if at > after and (self.digest == Rhythm.DAILY or at.weekday() == self.weekday):
                return at
        return None


def reachable(people: Collection[int]) -> set[int]:
    """Who of these people is written to at once."""
    if not is_sent():
        return set()
    able = Person.objects.with_account().filter(pk__among=list(people), is_bot=False)
    return set(able.exclude(letters__at_once=False).values_list("pk", flat=True)) - stopped(people)
