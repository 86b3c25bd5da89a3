"""Files: a row for each file somebody attached; their bytes lie in the storage under their digest."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from palabre.authoring.files.extraction import READABLE
from palabre.authoring.files.sniffing import PICTURES
from palabre.authoring.files.storage import holds_contents, place
from palabre.items.models import Item
from palabre.kit.clock import now

SHOWN = 12
NAMED = re.compile(r"/files/(\d{1,18})/")  # in a text


# Every item page asks for it; written out, since composing it with the ORM takes longer than running it.
_IN_BRIEF = f"""(
  SELECT coalesce(jsonb_agg(to_jsonb(brief)), '[]') FROM (
    SELECT id, name, content_type, size, digest, width, height, widths FROM authoring_file
    WHERE item_id = items_item.id AND removed_at IS NULL
      AND strpos(items_item.body, '/files/' || id || '/') = 0
    ORDER BY id LIMIT {SHOWN}
  ) brief
)"""  # noqa: S608 (nothing in it comes from outside)


def in_brief() -> RawSQL:
    """The first files of each item that its text does not show, as documents, for a query of items to bring along."""
    return RawSQL(_IN_BRIEF, [], output_field=models.JSONField())  # noqa: S611


class FileQuerySet(models.QuerySet["File"]):
    """Questions about files; a file is seen by who sees its item, and before it has one, by who sent it."""

    def visible_to(self, person: Any, *, removed: bool = False) -> FileQuerySet:
        """The files `person` may have; with `removed`, those that can still be restored too."""
        mine = Q(item=None, by=person.pk) if getattr(person, "pk", None) else Q(pk__in=())
        files = self if removed else self.present()
        return files.filter(mine | Q(item__in=Item.objects.visible_to(person, unpublished=True, apart=True)))

    def present(self) -> FileQuerySet:
        return self.filter(removed_at=None)


class File(models.Model):
    """One file of one item, whose door is its own. It has no item while the text it was dropped into is not published.

    `content_type` was read from the content, never believed. `digest` is of the bytes kept, `sent` of those received:
    pictures are redrawn. `widths` are the narrower versions of a picture. `text` are its words once read; `failure`
    says in a word why they could not be.
    """

    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    sent = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    widths = models.JSONField(default=list)
    text = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=30, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="files")
    at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = FileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["item", "id"], name="authoring_files_of_item"),
            models.Index(fields=["at"], condition=Q(item=None), name="authoring_files_without"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type in PICTURES

    @property
    def is_readable(self) -> bool:
        """Whether words can be found in files of its type."""
        return self.content_type in READABLE

    @property
    def place(self) -> str:
        return place(self.digest)

    def get_absolute_url(self) -> str:
        return f"/files/{self.pk}/{quote(self.name)}"

    @property
    def markdown(self) -> str:
        """What a text says to show or to name this file."""
        label = self.name.translate({ord(sign): " " for sign in "[]<>\\`"})
        if self.is_picture and self.width:
            return f"![{label.rpartition('.')[0]}]({self.get_absolute_url()}#{self.width}x{self.height})"
        return f"[{label}]({self.get_absolute_url()})"

    def open(self, width: int | None = None) -> Any:
        """Its bytes, or those of the picture made no wider than `width` where there is such a version."""
        return default_storage.open(place(self.digest, width if width in self.widths else None))

    @transaction.atomic
    def remove(self, by: Any) -> None:
        """Takes it off its item; it can be restored until the tidying."""
        self.removed_at, self.removed_by = now(), by
        self.save(update_fields=["removed_at", "removed_by"])
        self._tell("file_removed", by)

    @transaction.atomic
    def restore(self, by: Any) -> None:
        self.removed_at = self.removed_by = None
        self.save(update_fields=["removed_at", "removed_by"])
        self._tell("file_added", by)

    @transaction.atomic
    def learn(self, text: str, failure: str = "") -> None:
        """Keeps its words, or why it has none."""
        self.text, self.failure, self.read_at = text, failure, now()
        self.save(update_fields=["text", "failure", "read_at"])
        if text:
            self._tell("file_read", None)

    def _tell(self, verb: str, by: Any) -> None:
        if self.item is not None:
            self.item.record(verb, by, file=self.pk, name=self.name)


holds_contents(File)
