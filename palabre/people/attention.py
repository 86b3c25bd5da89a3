"""Attention: how much of their time the house may ask of a person, in two numbers of their own, and what it asked.

Interruptions a day (a signal that makes a device ring, or a letter that does not wait for the digest) and requests a
month (a ballot, a consultation, a pulse). Whoever would interrupt or ask looks here first and enters it in the ledger,
so that all rooms together keep the promise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palabre.kit.clock import now

A_DAY, A_MONTH = timedelta(days=1), timedelta(days=30)


class Use(models.TextChoices):
    """What attention is spent on."""

    INTERRUPTION = "interruption", _("Interruption")
    REQUEST = "request", _("Request")


PERIODS = {Use.INTERRUPTION: A_DAY, Use.REQUEST: A_MONTH}


class Attention(models.Model):
    """The two numbers of one person, and the hours in which nothing rings; who has no row has the usual ones."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    interruptions = models.PositiveSmallIntegerField(
        _("interruptions a day, at most"), default=12, validators=[MaxValueValidator(500)]
    )
    requests = models.PositiveSmallIntegerField(
        _("requests a month, at most"), default=8, validators=[MaxValueValidator(100)]
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(20), null=True, blank=True)
    quiet_until = models.TimeField(_("until"), default=time(7, 30), null=True, blank=True)
    quiet_weekends = models.BooleanField(_("quiet on Saturday and Sunday"), default=False)

    def __str__(self) -> str:
        return f"attention of {self.person_id}"

    @classmethod
    def of(cls, people: Collection[int]) -> dict[int, Attention]:
        """By primary key, for each of these people."""
        kept = {each.pk: each for each in cls.objects.filter(person__among=list(people))}
        return {person: kept.get(person) or cls(person_id=person) for person in people}

    def most(self, use: str) -> int:
        """How much of it there may be in its period."""
        return self.interruptions if use == Use.INTERRUPTION else self.requests

    def quiet_ends(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet in which `moment` lies ends; None when nothing need be quiet then."""
        here = moment.astimezone(zone)
        until, limit = here, here + timedelta(days=9)
        while (ending := self._quiet_at(until)) is not None and until < limit:
            until = ending
        return until if until > here else None

    def _quiet_at(self, here: datetime) -> datetime | None:
        if self.quiet_weekends and here.weekday() >= 5:
            return datetime.combine(here.date() + timedelta(days=1), time(0), here.tzinfo)
        begin, end = self.quiet_from, self.quiet_until
        if begin is None or end is None or begin == end:
            return None
        if begin < end:
            return datetime.combine(here.date(), end, here.tzinfo) if begin <= here.time() < end else None
        if here.time() < end:
            return datetime.combine(here.date(), end, here.tzinfo)
        return datetime.combine(here.date() + timedelta(days=1), end, here.tzinfo) if here.time() >= begin else None


class Spent(models.Model):
    """A line of the ledger: somebody was interrupted, or asked, about something; about one thing once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="spent")
    use = models.CharField(max_length=12, choices=Use)
    about = models.CharField(max_length=60)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "use", "about"], name="people_spent_once")]
        indexes = [models.Index(fields=["person", "use", "at"], name="people_spent_of_late")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.use}, {self.about}"


def spend(use: str, lines: Iterable[tuple[int, str]], moment: datetime | None = None) -> None:
    """Enters (person, about) in the ledger, in the caller's transaction; what stands there already stays."""
    at = moment or now()
    made = [Spent(person_id=person, use=use, about=about, at=at) for person, about in sorted(lines)]
    Spent.objects.bulk_create(made, ignore_conflicts=True)


def spent(use: str, people: Collection[int], moment: datetime | None = None) -> dict[int, int]:
    """By primary key, how often each of these people was interrupted (asked) in the period that ends now."""
    since = (moment or now()) - PERIODS[Use(use)]
    rows = Spent.objects.filter(person__among=list(people), use=use, at__gt=since).order_by().values_list("person")
    return dict.fromkeys(people, 0) | dict(rows.annotate(n=Count("pk")))


def ask(people: Collection[int], about: str, moment: datetime | None = None) -> list[int]:
    """Those of these people whom the house may ask, in the order of their keys; it is entered for each in the ledger,
    in the caller's transaction. Who was asked about the same thing before is asked again at no cost.

    Askers of the same person take their turn, until the first has committed, so that two of them never spend the same
    last request. People are held in the order of their keys, by everybody; who asks others waits for nobody.
    """
    at, keys = moment or now(), sorted(set(people))
    held = get_user_model()._default_manager.filter(pk__among=keys).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk"))
    before = Spent.objects.filter(person__among=keys, use=Use.REQUEST, about=about)
    known = set(before.values_list("person", flat=True))
    limits, used = Attention.of(keys), spent(Use.REQUEST, keys, at)
    willing = [key for key in keys if key in known or used[key] < limits[key].most(Use.REQUEST)]
    spend(Use.REQUEST, [(key, about) for key in willing if key not in known], at)
    return willing


def told(asked: int, spared: int) -> str:
    """What somebody who asked is told: how many were, and how many are `spared`."""
    words = ngettext("%(number)d person is asked.", "%(number)d people are asked.", asked) % {"number": asked}
    if spared:
        words += " " + ngettext(
            "%(number)d is left in peace: the house has asked enough of them this month.",
            "%(number)d are left in peace: the house has asked enough of them this month.",
            spared,
        ) % {"number": spared}
    return words


def left(use: str, person: Any) -> int:
    """How often a person may still be interrupted (asked) now."""
    most = Attention.of([person.pk])[person.pk].most(use)
    return max(0, most - spent(use, [person.pk])[person.pk])
