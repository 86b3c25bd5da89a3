"""Private addresses of feeds, who is told of changes of which feed, and how far the journal has been read for them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from palabre.feeds.sources import Source
from palabre.journal import places
from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.people.sealing import seal, unseal

FRESH = timedelta(hours=1)  # how exactly it is known when an address was last read
MOST = 200  # private addresses of one person
SEAL = "feeds"


def digest(text: str) -> str:
    """What is kept of a secret that we only need to recognise."""
    return hashlib.sha256(text.encode()).hexdigest()


class TokenQuerySet(models.QuerySet["Token"]):
    """Questions about tokens."""

    def of(self, person: Any) -> TokenQuerySet:
        return self.filter(person=person)

    def valid(self) -> TokenQuerySet:
        """Those of people who have not left; what they may read is asked each time."""
        return self.filter(person__is_active=True, person__left_at=None)


class Token(models.Model):
    """A private address at which a program reads one list on somebody's behalf; it opens nothing else.

    The token itself is shown once and kept as its digest. `source` is the address of the list without an ending.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_tokens")
    digest = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=2000)
    name = models.CharField(_("name"), max_length=120)
    made_at = models.DateTimeField(default=now, db_default=Now())
    used_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-made_at", "-id"], name="feeds_tokens_of")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def give(cls, person: Any, source: Source, name: str) -> str:
        """A new token for that list; said this once."""
        token = secrets.token_urlsafe(24)
        made = cls.objects.create(person=person, digest=digest(token), source=source.path, name=name[:120])
        made.record("feed_address_made")
        return token

    @transaction.atomic
    def revoke(self) -> None:
        """It opens nothing any more, and who was told by it is told no more."""
        for subscription in self.subscriptions.all():
            subscription.end("revoked")
        self.record("feed_address_revoked")
        self.delete()

    def record(self, verb: str, **particulars: Any) -> None:
        """Says in the journal, in the same transaction, what happened to it or by it."""
        listed = self.list
        about = {"address": self.pk, "of": listed.what if listed else ""} | particulars
        record(verb, self.person_id, space=listed.space if listed else None, person=self.person_id, **about)

    @property
    def list(self) -> Source | None:
        """The list it opens; None when there is no such address any more."""
        return Source.at(self.source)

    def note(self) -> None:
        """Somebody reads with it; written once in a while, for programs come often."""
        if self.used_at is None or self.used_at + FRESH < now():
            Token.objects.filter(pk=self.pk).update(used_at=now())


class Asked(models.Model):
    """Somebody asked the hub to tell `callback` of a feed, or to tell it no more, which is to be verified.

    Topic and secret are sealed, for either may open something.
    """

    subscribes = models.BooleanField()
    callback = models.URLField(max_length=2000)
    host = models.CharField(max_length=255)
    topic = models.TextField()
    token = models.ForeignKey(Token, null=True, on_delete=models.CASCADE, related_name="+")
    secret = models.TextField(blank=True)
    lease = models.PositiveIntegerField()
    at = models.DateTimeField(default=now, db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["host"], name="feeds_asked_host")]

    def __str__(self) -> str:
        return f"{self.host} #{self.pk}"

    @property
    def address(self) -> str:
        """The address of the feed, with its token if it has one."""
        return unseal(self.topic, SEAL)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Questions about subscriptions."""

    def standing(self) -> SubscriptionQuerySet:
        """Those whose lease has not run out."""
        return self.filter(until__gt=now())


class Subscription(models.Model):
    """`callback` wants to be told of the changes of a feed, until its lease runs out.

    `announced` is the stamp of the feed when it was last found changed, `delivered` that of what the callback has.
    While a delivery is on its way or to be tried again, `due_at` is when; `failing_since` is when it began to fail.
    `searched` tells that the feed is a search, which changes when the index does.
    """

    callback = models.URLField(max_length=2000)
    host = models.CharField(max_length=255)
    topic = models.TextField()
    topic_digest = models.CharField(max_length=64)
    searched = models.BooleanField(default=False)
    token = models.ForeignKey(Token, null=True, on_delete=models.CASCADE, related_name="subscriptions")
    secret = models.TextField(blank=True)
    since = models.DateTimeField(default=now, db_default=Now())
    until = models.DateTimeField()
    announced = models.CharField(max_length=32)
    delivered = models.CharField(max_length=32)
    due_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic_digest", "callback"], name="feeds_subscribed_once"),
        ]
        indexes = [
            models.Index(fields=["host"], name="feeds_subscribed_host"),
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="feeds_due"),
        ]

    def __str__(self) -> str:
        return f"{self.host} #{self.pk}"

    @property
    def address(self) -> str:
        """The address of the feed, with its token if it has one."""
        return unseal(self.topic, SEAL)

    @property
    def key(self) -> str:
        """What deliveries are signed with, "" for none."""
        return unseal(self.secret, SEAL) if self.secret else ""

    @classmethod
    @transaction.atomic
    def accept(cls, asked: Asked, until: datetime, stamp: str, searched: bool) -> Subscription:
        """What was asked for, and meant: told from now on, of what comes after the feed as it stands."""
        accepted, new = cls.objects.update_or_create(
            topic_digest=digest(asked.address),
            callback=asked.callback,
            defaults={
                "host": asked.host, "topic": asked.topic, "token": asked.token, "secret": asked.secret, "until": until,
                "failures": 0, "failing_since": None,
            },
            create_defaults={
                "host": asked.host, "topic": asked.topic, "token": asked.token, "secret": asked.secret, "until": until,
                "announced": stamp, "delivered": stamp, "searched": searched,
            },
        )  # fmt: skip
        if new:
            accepted.record("feed_subscribed")
        return accepted

    @transaction.atomic
    def end(self, why: str) -> None:
        """They are told no more: they said so, are gone, have failed for days, let it run out, or it was revoked."""
        self.record("feed_unsubscribed", why=why)
        self.delete()

    def record(self, verb: str, **particulars: Any) -> None:
        """Says in the journal, in the same transaction, that somebody is told of a feed, or no more."""
        about = {"subscription": self.pk, "name": self.host} | particulars
        if self.token:
            self.token.record(verb, **about)
        else:
            record(verb, **about)


class Place(places.Place):
    """How far the journal has been read for those who are told of changes."""


def sealed(text: str) -> str:
    """A topic or a secret as it is kept."""
    return seal(text, SEAL) if text else ""
