"""What people look for and do not find: a table without persons, for those who can write what is missing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F

from palabre.items.names import fold
from palabre.kit.clock import now

LONGEST = 200


class MissingQuerySet(models.QuerySet["Missing"]):
    """Questions about what is missing."""

    def standing(self) -> MissingQuerySet:
        """Asked for since anybody last said it need not be written."""
        return self.filter(dismissed_at=None)


class Missing(models.Model):
    """Words somebody looked for in vain: what, how often and when, and not who.

    A search that was dismissed comes back when it is asked for again.
    """

    key = models.CharField(max_length=LONGEST, unique=True)
    words = models.CharField(max_length=LONGEST)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(default=now)
    last_at = models.DateTimeField(default=now)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = MissingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-times", "-id"], name="search_missing_most")]

    def __str__(self) -> str:
        return self.words

    @staticmethod
    def note(words: str) -> None:
        """One more search for these words found nothing."""
        words = " ".join(words.split())[:LONGEST].replace("\x00", "")
        key = fold(words)[:LONGEST]
        if not key:
            return
        again = Missing.objects.filter(key=key)
        if not again.update(times=F("times") + 1, last_at=now(), dismissed_at=None, dismissed_by=None):
            Missing.objects.bulk_create([Missing(key=key, words=words)], ignore_conflicts=True)

    @transaction.atomic
    def dismiss(self, by: Any) -> None:
        """Nobody need write this."""
        self.dismissed_at, self.dismissed_by = now(), by
        self.save(update_fields=["dismissed_at", "dismissed_by"])
