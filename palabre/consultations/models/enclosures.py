"""Files that came with an answer."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.storage import default_storage
from django.db import models

from palabre.authoring.files.storage import holds_contents, place
from palabre.consultations.models.answers import Response
from palabre.consultations.models.consultation import Consultation


class EnclosureQuerySet(models.QuerySet["Enclosure"]):
    """Files of answers."""

    def told_to(self, _person: Any) -> EnclosureQuerySet:
        """Nobody carries them away but one by one, from the results."""
        return self.none()


@holds_contents
class Enclosure(models.Model):
    """A file of one answer, under a name that tells nothing of who sent it; its number is drawn at random.

    It is served as `authoring.files` serve theirs, to whoever may read single answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="enclosures")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="enclosures")
    question = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    widths = models.JSONField(default=list)

    objects = EnclosureQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def value(self) -> dict[str, Any]:
        """What the answer says of it."""
        return {"file": str(self.pk), "name": self.name, "size": self.size, "type": self.content_type}

    def open(self, width: int | None = None) -> Any:
        """Its bytes, or those of the picture made no wider than `width` where there is such a version."""
        return default_storage.open(place(self.digest, width if width in self.widths else None))
