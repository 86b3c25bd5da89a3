"""What reached somebody, why, and by which way it was carried."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item
from palabre.signals.models.follow import Follow
from palabre.spaces.models import Space


class Why(models.TextChoices):
    """The thing followed for which a signal came; a role (`journal.concerning`) says it with its own name."""

    ITEM = "follow.item", _("You follow it")
    PERSON = "follow.person", _("You follow %(name)s")
    TAG = "follow.tag", _("You follow #%(name)s")
    SEARCH = "follow.search", _("Your search “%(name)s”")
    KIND = "follow.kind", _("You follow this kind of thing in %(name)s")
    SPACE = "follow.space", _("You follow %(name)s")

    @property
    def sentence(self) -> str | Promise:
        return self.label


class Carried(models.TextChoices):
    """By which way a signal reached its person, beyond standing in their inbox; each by one, once."""

    LIVE = "live", _("Seen when you came by")
    PUSH = "push", _("Shown on your devices")
    MAIL = "mail", _("Sent by mail")
    DIGEST = "digest", _("In your digest")
    NONE = "none", _("Only in your inbox")


class Held(models.TextChoices):
    """Why a signal that might have interrupted waits instead."""

    HOURS = "hours", _("Your quiet hours")
    ENOUGH = "enough", _("Enough interruptions for a day")
    SAID = "said", _("You were told of this a moment ago")
    WAY = "way", _("No device to show it on, and not said to you")


SAID_TO_THEM = "person"
"""The role of who is named by what happened (`spaces.roles`), and why they hear of what stands nowhere."""


class SignalQuerySet(models.QuerySet["Signal"]):
    """Questions about signals."""

    def of(self, person: Any) -> SignalQuerySet:
        return self.filter(person=person)

    def waiting(self) -> SignalQuerySet:
        """Those that no way has carried yet."""
        return self.filter(carried="")

    def newest_said(self) -> SignalQuerySet:
        """That by which an entry of the outer query has its latest news, if it names their person."""
        return self.filter(person=models.OuterRef("person"), event=models.OuterRef("event"), reason=SAID_TO_THEM)


class Signal(models.Model):
    """One event reached one person, for one reason: the name of a role, or a `Why` and the follow it came by.

    `loud` may interrupt, and `addressed` is said to them; the rest waits to be looked at. At `due_at` it is decided
    how it is carried; what has no such hour waits for the digest, and `held` says why, if it might have interrupted.

    An event may reach ten thousand people, so each index is paid ten thousand times: there is none that another one
    begins with, and those that begin with the thing come first, since they are written in one place. `space` and `by`
    are what the event says, which nothing checks again for each person.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signals", db_index=False
    )
    event = models.BigIntegerField()
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="signals", db_index=False)
    space = models.ForeignKey(
        Space, null=True, on_delete=models.CASCADE, related_name="signals", db_index=False, db_constraint=False
    )
    verb = models.CharField(max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    at = models.DateTimeField()
    reason = models.CharField(max_length=20)
    follow = models.ForeignKey(Follow, null=True, on_delete=models.SET_NULL, related_name="+")
    loud = models.BooleanField()
    addressed = models.BooleanField(default=False, db_default=False)
    carried = models.CharField(max_length=6, choices=Carried, blank=True, default="", db_default="")
    carried_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    held = models.CharField(max_length=6, choices=Held, blank=True, default="", db_default="")

    objects = SignalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "event"], name="signals_once")]
        indexes = [
            models.Index(fields=["item", "person", "-event"], name="signals_of_thing"),
            models.Index(
                fields=["person", "-event"],
                condition=Q(addressed=True, item__isnull=False),
                name="signals_said_to",
            ),
            models.Index(fields=["person", "id"], condition=Q(carried=""), name="signals_to_carry"),
            models.Index(fields=["due_at"], condition=Q(carried="", due_at__isnull=False), name="signals_due"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.verb} {self.event}"
