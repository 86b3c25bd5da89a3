"""The voices for an idea, one each, whoever brings them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item, State
from palabre.kit.clock import now


class Source(models.TextChoices):
    """Where somebody else's voice was heard."""

    CALL = "call", _("a call")
    VISIT = "visit", _("a visit")
    LETTER = "letter", _("a letter or e-mail")
    MEETING = "meeting", _("a meeting")
    COMMENT = "comment", _("a comment or a message")


class Support(models.Model):
    """A voice for an idea, one each: `person`'s own, or brought by somebody else (`by`) who heard it at `source`.

    `words` are what they said. `came_from` is the idea it was for before that was merged; `inherited`, that it was for
    the one this idea was split from. Voices carried away in an export for somebody who may not know whose they are, are
    nobody's by name.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="idea_supports")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="idea_supports"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="voices_brought"
    )
    source = models.CharField(max_length=10, choices=Source, blank=True)
    words = models.TextField(blank=True, max_length=1000)
    at = models.DateTimeField(default=now)
    came_from = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")
    inherited = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="ideas_one_voice_each"),
            models.CheckConstraint(condition=Q(by=None) | ~Q(source=""), name="ideas_voice_with_source"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.item_id}"

    def inherited_by(self, item: Item) -> Support:
        """The same voice, for a half of the idea it was given to; not saved yet."""
        said = {"person_id": self.person_id, "by_id": self.by_id, "source": self.source, "words": self.words}
        return Support(item=item, at=self.at, inherited=True, **said)

    @classmethod
    @transaction.atomic
    def give(cls, item: Item, person: Any) -> bool:
        """Somebody's own voice; what was brought in their name becomes that. False if they had given it, and where the
        idea takes none any more: it became one with another a moment ago, or was thrown away.
        """
        if not cls._are_taken(item):
            return False
        voice, new = cls.objects.get_or_create(item=item, person=person)
        if not new and voice.by_id is None:
            return False
        if not new:
            cls.objects.filter(pk=voice.pk).update(by=None, source="", at=now())
        item.record("idea_supported", person)
        return True

    @classmethod
    @transaction.atomic
    def bring(cls, item: Item, person: Any, by: Any, source: str, words: str = "") -> bool:
        """`by` brings the voice of `person`; False if that was counted already. Raises PermissionDenied where the idea
        takes none any more, as `give`.
        """
        if not cls._are_taken(item):
            raise PermissionDenied("idea.voice")
        told = {"by": by, "source": source, "words": words}
        voice, new = cls.objects.get_or_create(item=item, person=person, defaults=told)
        if new:
            item.record("idea_voiced", by, person=person, voice=voice.pk)
        return new

    @staticmethod
    def _are_taken(item: Item) -> bool:
        """Whether voices are taken for an item, which nobody merges or throws away before the transaction ends."""
        return Item.objects.select_for_update(no_key=True).only("state").get(pk=item.pk).state == State.PUBLISHED

    @transaction.atomic
    def take_back(self, by: Any) -> None:
        """It is counted no more."""
        if Support.objects.filter(pk=self.pk).delete()[0]:
            self.item.record("voice_taken_back", by, person=self.person_id)
