"""Webhooks, what each of them has been told, and how each telling went."""

from __future__ import annotations

import secrets
from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palabre.journal import places
from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.kit.policy import may
from palabre.people.models import OPERATOR
from palabre.people.sealing import seal, unseal
from palabre.spaces import sight
from palabre.spaces.models import Space
from palabre.spaces.policy import is_present

BESIDE = timedelta(days=1)  # how long the former secret signs beside a new one
PURPOSE = "webhooks"


class Why(models.TextChoices):
    """Why a webhook is disabled."""

    PAUSED = "paused", _("Disabled by hand")
    GONE = "gone", _("The address answered that it is gone for good (410)")
    FAILING = "failing", _("Five days of nothing but failure")
    KEEPER = "keeper", _("Who answered for it no longer has the right to")


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Questions about webhooks."""

    def visible_to(self, person: Any) -> WebhookQuerySet:
        """Those that `person` may keep (`webhook.keep`): of the spaces they steward, of the company."""
        if person is OPERATOR:
            return self
        if not is_present(person) or not person.is_inside:
            return self.none()
        kept = Q(space__in=sight.of(person).stewarded)
        return self.filter(kept | Q(space=None)) if person.is_admin else self.filter(kept)

    def of(self, space: Space | None) -> WebhookQuerySet:
        """Those of a space; of the company, without one."""
        return self.filter(space=space)

    def enabled(self) -> WebhookQuerySet:
        return self.filter(disabled_at=None)

    @transaction.atomic
    def make(self, by: Any, space: Space | None, **fields: Any) -> tuple[Webhook, str]:
        """A new webhook, for which `by` answers, and its secret, which is shown this once."""
        secret = new_secret()
        webhook = self.create(space=space, keeper=by, secret=seal(secret, PURPOSE), **fields)
        webhook.record("webhook_made", by)
        return webhook, secret


class Webhook(models.Model):
    """An address of another program that hears what happens in a space, or in the company.

    `keeper` answers for it: it hears what they may see, and nothing once they may not keep it. No `verbs` and no
    `kinds` mean all of them. It hears of what happens after `since`.
    """

    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=500)
    verbs = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    secret = models.TextField()
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=now)
    since = models.DateTimeField(db_default=Now())
    disabled_at = models.DateTimeField(null=True)
    disabled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    disabled_why = models.CharField(max_length=10, choices=Why, blank=True)
    failing_since = models.DateTimeField(null=True)
    misses = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("webhooks:show", args=[self.pk])

    @property
    def home(self) -> str:
        """The list it stands in."""
        return reverse("webhooks:of_space", args=[self.space.slug]) if self.space else reverse("webhooks:of_company")

    @property
    def is_kept(self) -> bool:
        """Whether who answers for it still may."""
        return may(self.keeper, "webhook.keep", self.space)

    def record(self, verb: str, by: Any, **particulars: Any) -> None:
        """Says in the journal, in the same transaction, that something happened to it."""
        record(verb, by, space=self.space_id, person=self.keeper_id, webhook=self.pk, name=self.name, **particulars)

    def signs_twice(self, moment: datetime | None = None) -> bool:
        """Whether the former secret signs beside the new one, now or at a moment."""
        return bool(self.former_secret and self.former_until and (moment or now()) < self.former_until)

    def secrets(self, moment: datetime) -> list[str]:
        """Those that sign at a moment, the newest first."""
        sealed = [self.secret]
        if self.signs_twice(moment):
            sealed.append(self.former_secret)
        return [unseal(each, PURPOSE) for each in sealed]

    @transaction.atomic
    def change(self, by: Any, **fields: Any) -> None:
        """Another name, address or choice of events."""
        changed = [name for name, value in fields.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, fields[name])
        if changed:
            self.save(update_fields=changed)
            self.record("webhook_changed", by, fields=changed)

    @transaction.atomic
    def renew_secret(self, by: Any) -> str:
        """Another secret, shown this once; the former one signs beside it for a day."""
        secret = new_secret()
        self.former_secret, self.former_until, self.secret = self.secret, now() + BESIDE, seal(secret, PURPOSE)
        self.save(update_fields=["former_secret", "former_until", "secret"])
        self.record("webhook_secret_changed", by)
        return secret

    @transaction.atomic
    def disable(self, why: str, by: Any = None) -> None:
        """It hears nothing any more; what was still to be delivered has failed, and can be sent again."""
        if self.disabled_at:
            return
        self.disabled_at, self.disabled_by, self.disabled_why = now(), by, why
        self.save(update_fields=["disabled_at", "disabled_by", "disabled_why"])
        self.deliveries.filter(state=State.WAITING).update(state=State.FAILED, due_at=None)
        self.record("webhook_disabled" if by else "webhook_given_up", by, why=str(why))

    @transaction.atomic
    def enable(self, by: Any) -> None:
        """It hears of what happens from now on; whoever enables it answers for it."""
        if not self.disabled_at:
            return
        former, self.keeper = self.keeper_id, by
        self.disabled_at, self.disabled_by, self.disabled_why, self.since = None, None, "", now()
        self.failing_since, self.misses, self.rests_until = None, 0, None
        self.save()
        self.record("webhook_enabled", by, former=former)

    @transaction.atomic
    def remove(self, by: Any) -> None:
        """It is gone, and what it was told with it."""
        self.record("webhook_removed", by)
        self.delete()


class State(models.TextChoices):
    """Where a delivery is."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")
    WITHHELD = "withheld", _("Withheld")


def new_message() -> str:
    return f"msg_{secrets.token_hex(16)}"


def new_secret() -> str:
    """32 random bytes, as the Standard Webhooks specification writes them."""
    return f"whsec_{b64encode(secrets.token_bytes(32)).decode()}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions about deliveries."""

    def due(self, moment: datetime | None = None) -> DeliveryQuerySet:
        return self.filter(state=State.WAITING, due_at__lte=moment or now())

    def send_again(self) -> int:
        """Has all of them tried anew, under the same number; returns how many."""
        return self.update(state=State.WAITING, tries=0, due_at=now())


class Delivery(models.Model):
    """One event that one webhook is told of; without an event, a test.

    `message` is the same for all attempts, so that who gets one twice can know. `tries` counts those since it was last
    to be sent; `body` is what was sent last.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.BigIntegerField(null=True)
    item = models.BigIntegerField(null=True)
    type = models.CharField(max_length=60)
    message = models.CharField(max_length=40, default=new_message)
    made_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(null=True, default=now)
    tries = models.PositiveIntegerField(default=0)
    body = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "event"], name="webhooks_told_once")]
        indexes = [
            models.Index(fields=["webhook", "-id"], name="webhooks_log"),
            models.Index(fields=["webhook", "state", "-id"], name="webhooks_log_of_state"),
            models.Index(fields=["webhook", "due_at", "id"], condition=Q(state="waiting"), name="webhooks_due"),
            models.Index(fields=["made_at"], name="webhooks_old"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.message}"

    def get_absolute_url(self) -> str:
        return reverse("webhooks:delivery", args=[self.webhook_id, self.pk])


class Attempt(models.Model):
    """One time that a delivery was sent: what came back, or what was in the way (`kit.outbound.Refused`)."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveIntegerField(null=True)
    trouble = models.CharField(max_length=20, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.status or self.trouble)

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Place(places.Place):
    """How far the journal has been read for webhooks."""
