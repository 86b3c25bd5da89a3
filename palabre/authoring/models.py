"""What authors keep beside items: drafts, templates, and whether a content can be trusted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from palabre.authoring.files.models import File
from palabre.items.models import Appointment, Item
from palabre.kit.clock import now
from palabre.kit.navigation import writing
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.spaces.models import Space

__all__ = ["Draft", "File", "Renewed", "Template", "Trust"]


class Kept(models.Manager[Any]):
    """Without what was thrown away, which is only there to be brought back."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(thrown_away_at=None)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions about drafts, which only their writer ever sees."""

    def of(self, person: Any) -> DraftQuerySet:
        """The drafts of one person (or of the slot for one), the latest first."""
        return self.filter(person=person).select_related("item", "space").order_by("-updated_at", "-pk")

    def change(self, person: Any, item: Item) -> Draft | None:
        """What `person` is changing of `item` and has not saved; one has one such draft at most."""
        draft: Draft | None = _CHANGE.first(person=person.pk, item=item.pk)
        if draft:
            draft.item = item
        return draft


class KeptDrafts(Kept.from_queryset(DraftQuerySet)):  # type: ignore[misc]
    """The drafts one goes on with."""


class Draft(models.Model):
    """What somebody is writing and nobody else can read: a new text, or a change to an item they may edit.

    `based_on` is the version the change starts from. `aside` is their own text of the moment when it met another
    one that did not merge: it is kept until the two are one. `fields` are the other fields of the form.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=20)
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("title"), max_length=250, blank=True)
    body = models.TextField(_("text"), blank=True)
    fields = models.JSONField(default=dict, blank=True)
    based_on = models.PositiveIntegerField(default=0)
    aside = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    thrown_away_at = models.DateTimeField(null=True, blank=True)

    objects = KeptDrafts()
    with_thrown_away = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "item"],
                condition=Q(item__isnull=False, thrown_away_at=None),
                name="authoring_one_draft_each",
            )
        ]
        indexes = [models.Index(fields=["person", "-updated_at"], name="authoring_my_drafts")]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    def get_absolute_url(self) -> str:
        return f"/items/{self.item_id}/edit/" if self.item_id else writing(draft=self.pk)

    @property
    def stamp(self) -> str:
        """Names this state of the draft: whoever saves says which one they knew."""
        return self.updated_at.isoformat()


# Asked at every save.
_CHANGE = Prepared(lambda: Draft.objects.filter(person=Slot("person"), item=Slot("item")), planned=EITHER)


class Template(models.Model):
    """A text to start from, kept by the stewards of a space."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="templates")
    name = models.CharField(_("name"), max_length=80)
    title = models.CharField(_("title to start from"), max_length=250, blank=True)
    body = models.TextField(_("text to start from"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(default=now)
    thrown_away_at = models.DateTimeField(null=True, blank=True)

    objects = Kept()
    with_thrown_away = models.Manager["Template"]()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "name"], condition=Q(thrown_away_at=None), name="authoring_template_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


LAPSE = "lapse"
"""The appointment at which a verification ends."""


class Trust(models.Model):
    """Whether what an item says still holds: who said so, until when, and who doubts it since."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.CASCADE, related_name="trust")
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_until = models.DateField(_("verified until"), null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    report = models.CharField(_("what is out of date"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.item_id}: {self.verified_until}"

    @property
    def is_outdated(self) -> bool:
        """Reported, or not confirmed by the day it had to be."""
        return bool(self.reported_at or (self.verified_until and self.verified_until < localdate()))

    @property
    def is_verified(self) -> bool:
        """Confirmed, and the confirmation still holds."""
        return bool(self.verified_until and not self.is_outdated)

    @classmethod
    @transaction.atomic
    def confirm(cls, item: Item, by: Any, until: date) -> Trust:
        """ "Still true", until a day on which it is to be read again; doubts are settled by it."""
        trust, _new = cls.objects.update_or_create(
            item=item,
            defaults={
                "verified_by": by,
                "verified_at": now(),
                "verified_until": until,
                "reported_by": None,
                "reported_at": None,
                "report": "",
            },
        )
        Appointment.objects.expect(item.pk, LAPSE, _morning_after(until), by)
        item.record("verified", by, until=until.isoformat())
        return trust

    @classmethod
    @transaction.atomic
    def end(cls, item: Item) -> None:
        """What it says holds no more: nobody is asked any longer whether it does."""
        cls.objects.filter(item=item).delete()
        Appointment.objects.forget(item.pk, LAPSE)

    @classmethod
    @transaction.atomic
    def doubt(cls, item: Item, by: Any, report: str = "") -> Trust:
        """ "Out of date", says a reader; what was said of it stands until somebody says more, or that it is true."""
        trust, _new = cls.objects.select_for_update(no_key=True).get_or_create(item=item)
        if report or not trust.reported_at:
            trust.reported_by, trust.reported_at, trust.report = by, now(), report[:300]
            trust.save(update_fields=["reported_by", "reported_at", "report"])
        item.record("reported_outdated", by, report=report[:300])
        return trust


def _morning_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(5), tzinfo=UTC)


class Renewed(models.Model):
    """How far what is stored of texts is rendered as this Palabre renders them: `reached` is the number of the last row
    that is, None when all are."""

    what = models.CharField(primary_key=True, max_length=20)
    rendering = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.what} {self.rendering}"
