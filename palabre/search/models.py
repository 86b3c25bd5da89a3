"""What is kept of searches: what people look for in vain, without persons; and those that somebody keeps."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item
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


MOST_SAVED = 100  # searches one person keeps


class SavedSearch(models.Model):
    """A search its owner keeps under a name, to be told when something new answers it.

    `text` is the query as typed, `choice` what was ticked beside it, as the address says it: `{"space": ["reseau"]}`.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(_("name"), max_length=80)
    text = models.CharField(max_length=1_000, blank=True)
    choice = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at", "-id"], name="search_saved")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The results, as they are now."""
        return f"/search/?{urlencode({'q': self.text} | self.choice, doseq=True)}"


class Answered(models.Model):
    """An item has answered a saved search, and its owner was told: it is not news a second time."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "item"], name="search_answered_once")]

    def __str__(self) -> str:
        return f"{self.search_id} · {self.item_id}"
