"""What bookmarks know beside their item: the address, what was read there, and who kept it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from palabre.bookmarks import addresses
from palabre.items.models import Facet
from palabre.kit.clock import now

GIVEN_UP = "given up"  # the trouble of a reading that failed on our side, again and again


class Status(models.TextChoices):
    """How far the reading of the page has come."""

    WAITING = "waiting", _("Being read")
    READ = "read", _("Page read")
    FAILED = "failed", _("Could not be read")


class Bookmark(Facet):
    """An outside address in a space.

    `canonical` names the page whatever the way people came by (`addresses.canonical`). `text` is its main text as read
    at `fetched_at`, `trouble` in a word why it could not be.
    """

    address = models.CharField(_("address"), max_length=addresses.LONGEST)
    canonical = models.CharField(max_length=addresses.LONGEST)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    trouble = models.CharField(max_length=30, blank=True)
    fetched_at = models.DateTimeField(null=True)
    site_name = models.CharField(max_length=120, blank=True)
    description = models.CharField(max_length=600, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["canonical"], name="bookmarks_canonical")]

    @property
    def site(self) -> str:
        return addresses.site(self.address)

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.WAITING

    @transaction.atomic
    def save_for(self, person: Any, note: str = "", *, anew: bool = False) -> Saver:
        """Counts `person` among those who keep it; a second time changes the note, which `anew` may empty."""
        saver, new = Saver.objects.get_or_create(bookmark=self, person=person, defaults={"note": note})
        changed = not new and (anew or note) and note != saver.note
        if changed:
            saver.note = note
            saver.save(update_fields=["note"])
        if new or changed:
            self.item.record("bookmark_saved", person)
        return saver

    @transaction.atomic
    def release(self, person: Any) -> None:
        """`person` keeps it no longer; the bookmark stays for the others."""
        if self.savers.filter(person=person).delete()[0]:
            self.item.record("bookmark_released", person)

    @transaction.atomic
    def read_again(self, by: Any) -> None:
        """Asks for another reading of the page."""
        self.status = Status.WAITING
        self.save(update_fields=["status"])
        self.item.record("bookmark_asked", by)

    @transaction.atomic
    def give_up(self) -> None:
        """Nobody reads the page any more: it says so, and can be asked for again."""
        still = Bookmark.objects.filter(pk=self.pk, status=Status.WAITING)
        if still.update(status=Status.FAILED, trouble=GIVEN_UP, fetched_at=now()):
            self.item.record("bookmark_read", None)


class Saver(models.Model):
    """Somebody keeps a bookmark, with a note on why."""

    bookmark = models.ForeignKey(Bookmark, on_delete=models.CASCADE, related_name="savers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_bookmarks")
    note = models.CharField(_("why keep it?"), max_length=500, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["bookmark", "person"], name="bookmarks_saved_once")]

    def __str__(self) -> str:
        return f"{self.person} → {self.bookmark}"
