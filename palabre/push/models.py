"""The browsers in which somebody wants to be told, wherever they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from palabre.kit.clock import now
from palabre.people.sessions import Session
from palabre.push.subscription import Subscription

MOST = 20  # of one person; who subscribes one more loses the one that was used least


class Taken(Exception):
    """The address belongs to a browser that has other keys: whoever says so is not that browser."""


class DeviceQuerySet(models.QuerySet["Device"]):
    """Questions about devices; everybody has their own, and nobody reads another's."""

    def of(self, person: Any) -> DeviceQuerySet:
        return self.filter(person=person)

    def live(self) -> DeviceQuerySet:
        """Those of browsers in which their person is signed in now, and whose push services take what is sent."""
        here = self.filter(session__expire_date__gt=Now(), person__is_active=True, person__left_at=None)
        return here.filter(refused=None)

    def reachable(self, people: Collection[int]) -> set[int]:
        """Who of these people, by primary key, has a device that can be told."""
        return set(
            self.live().filter(person__among=list(people)).order_by().values_list("person", flat=True).distinct()
        )

    def subscribe(self, person: Any, session: str, given: Subscription, name: str) -> Device:
        """The browser of a session is told from now on. Raises Taken.

        A browser has one address, whoever signs in there: it becomes theirs, and is no longer another's.
        """
        fields = {"p256dh": given.p256dh, "auth": given.auth, "person": person, "session_id": session, "name": name}
        fields["refused"] = None
        known = self.select_for_update().filter(endpoint=given.endpoint).first()
        if known and (known.p256dh, known.auth) != (given.p256dh, given.auth):
            raise Taken
        device, _made = self.update_or_create(endpoint=given.endpoint, defaults=fields)
        kept = self.of(person).order_by(models.F("used_at").desc(nulls_first=True), "-pk")
        self.filter(pk__in=list(kept.exclude(pk=device.pk).values_list("pk", flat=True)[MOST - 1 :])).delete()
        return device


class Device(models.Model):
    """One browser of one person, by the address at which its push service takes messages for it.

    It lives as long as the session in which it was subscribed: who signs out, leaves or is signed out is told nothing
    there any more. `refused` is the status by which the push service last declined for good to carry anything.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=30)
    since = models.DateTimeField(default=now, db_default=Now())
    used_at = models.DateTimeField(null=True)
    refused = models.PositiveSmallIntegerField(null=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def subscription(self) -> Subscription:
        """Where and under which keys it is told."""
        return Subscription(self.endpoint, self.p256dh, self.auth)

    def note(self, refused: int | None = None) -> None:
        """It took what was sent, or its push service refused for good."""
        self.used_at, self.refused = now(), refused
        self.save(update_fields=["used_at", "refused"])


class Done(models.Model):
    """A form that was sent with a key of its browser's own, and accepted: sent again, nothing happens again.

    It is written in the transaction of what it accepts. `place` is the address that it led to, if it led anywhere.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    place = models.CharField(max_length=500, default="", db_default="")
    at = models.DateTimeField(default=now, db_default=Now(), db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="push_done_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"
