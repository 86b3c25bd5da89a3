"""What came by mail, each message once; what came back undelivered, and to whom mail is stopped therefore."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.talk.models import Comment

KEPT = timedelta(days=400)  # after which no server will bring the same message again


class Outcome(models.TextChoices):
    TAKEN = "taken", _("Became a comment")
    REFUSED = "refused", _("Refused")
    DROPPED = "dropped", _("Was set aside")
    BOUNCE = "bounce", _("Came back undelivered")


REASONS: dict[str, str | Promise] = {
    "address": _("The address it was sent to answers nothing here."),
    "account": _("The person to whom the letter was written has no account here any more."),
    "sender": _("It came from another e-mail address than the one the letter was sent to."),
    "dmarc": _("The mail server could not confirm that it really came from its sender’s address (DMARC)."),
    "gone": _("What it answers is not there any more, or can no longer be read by its sender."),
    "rights": _("Its sender may no longer comment there."),
    "size": _("It is larger than this site accepts."),
    "encrypted": _("It is encrypted, and this site has no key for it."),
    "unreadable": _("It could not be read."),
    "empty": _("Nothing was written in it beside the quoted letter and the signature."),
    "long": _("It is longer than a comment may be."),
    "automatic": _("A machine wrote it: an absence notice, a list, an acknowledgement."),
    "failure": _("It could not be handled, for a reason that is the site’s own."),
}


class ReceivedQuerySet(models.QuerySet["Received"]):
    """Questions about what came by mail."""

    def unwelcome(self) -> ReceivedQuerySet:
        """What did not become a comment, for whoever runs the house."""
        return self.filter(outcome__in=(Outcome.REFUSED, Outcome.DROPPED))

    def outlived(self) -> ReceivedQuerySet:
        return self.filter(at__lt=now() - KEPT)


class Received(models.Model):
    """One message at one address. Its row and the comment are written together, and its `digest` is there once:
    so a message that a server brings again, after a crash or by mistake, says nothing twice.

    What was written is not kept here, nor what about: those who run the house see that an answer failed, and why.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    message_id = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=20, blank=True)
    answered = models.BooleanField(default=False)
    at = models.DateTimeField(default=now, db_default=Now())

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["outcome", "-id"], name="mail_received_outcome"),
            models.Index(fields=["sender", "at"], condition=models.Q(answered=True), name="mail_received_answered"),
        ]

    def __str__(self) -> str:
        return f"{self.sender} · {self.outcome} {self.reason}".strip()

    @property
    def sentence(self) -> str | Promise:
        """Why it did not become a comment."""
        return REASONS.get(self.reason, "")


class Bounce(models.Model):
    """A letter to somebody that did not arrive, as their mail server told it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    permanent = models.BooleanField()
    status = models.CharField(max_length=12, blank=True)
    said = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now, db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="mail_bounce_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.status}"


class Stopped(models.Model):
    """Mail to somebody is stopped, since their server says that the address takes none; until they say it does."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    bounce = models.ForeignKey(Bounce, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=now, db_default=Now())

    def __str__(self) -> str:
        return str(self.person_id)

    @classmethod
    @transaction.atomic
    def stop(cls, bounce: Bounce) -> None:
        """From now on; a second refusal changes nothing."""
        _row, fresh = cls.objects.get_or_create(person_id=bounce.person_id, defaults={"bounce": bounce})
        if fresh:
            record("mail_stopped", person=bounce.person_id, status=bounce.status)

    @transaction.atomic
    def resume(self, by: Any) -> None:
        """It works again: the next letter goes out."""
        gone, _rows = Stopped.objects.filter(pk=self.pk).delete()
        if gone:
            record("mail_resumed", by, person=self.person_id)
