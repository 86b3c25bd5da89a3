"""Merges of tags, each with all that is needed to part them again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction

from palabre.items.models import Item
from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.tags.keys import LONGEST
from palabre.tags.models.tag import Alias, Tag, Tagging


class Hindered(Exception):
    """A merge cannot be undone yet. `by` is what comes first: a later merge, a tag or a synonym that took a name."""

    def __init__(self, by: Merge | Tag | Alias) -> None:
        super().__init__(str(by))
        self.by = by


class Merge(models.Model):
    """One tag was merged into another: all that is needed to part them again.

    `into` is the tag it leads to today, `target` what that one was called then. When the target is merged in its turn,
    that merge is what this one stands `within`, until it is undone.
    """

    name = models.CharField(max_length=LONGEST)
    key = models.CharField(max_length=2 * LONGEST)
    into = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="merges")
    target = models.CharField(max_length=LONGEST)
    within = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="holds")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)
    moved = models.JSONField(default=list)
    absorbed = models.JSONField(default=list)
    synonyms = models.JSONField(default=list)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} → {self.target}"

    def hindrance(self) -> Merge | Tag | Alias | None:
        """What has to be undone first: a merge built upon this one, or whoever has taken one of its names since."""
        if self.within is not None:
            return self.within
        if (upon := self._built_upon_it()) is not None:
            return upon
        names = [self.key, *self.synonyms]
        taken = Tag.objects.filter(key__in=names).first()
        return taken or Alias.objects.filter(key__in=names).exclude(tag=self.into_id).first()

    def _built_upon_it(self) -> Merge | None:
        """The latest merge into the same tag that found this one's taggings there, and left its own out for them."""
        lent = {row["item"] for row in self.absorbed}
        moved = Tagging.objects.filter(pk__in=self.moved, tag=self.into_id).values_list("item_id", flat=True)
        mine = lent | set(moved)
        later = Merge.objects.filter(into=self.into_id, within=None, undone_at=None, pk__gt=self.pk).order_by("-pk")
        return next((merge for merge in later if mine & {row["item"] for row in merge.absorbed}), None)

    @transaction.atomic
    def undo(self, by: Any) -> Tag:
        """The merged tag stands again on exactly what bore it, less what was untagged since.

        Raises Hindered when something else has to be undone before.
        """
        into = Tag.objects.select_for_update().get(pk=self.into_id)
        self.refresh_from_db()
        if self.undone_at or self.into_id != into.pk:
            raise Merge.DoesNotExist
        if first := self.hindrance():
            raise Hindered(first)
        Alias.objects.filter(key=self.key).delete()
        tag = Tag.objects.create(name=self.name, key=self.key)
        Tagging.objects.filter(pk__in=self.moved, tag=into).update(tag=tag)
        self._part(tag, into)
        Alias.objects.filter(key__in=self.synonyms, tag=into).update(tag=tag)
        self._let_go(tag)
        self.undone_by, self.undone_at = by, now()
        self.save(update_fields=["undone_by", "undone_at"])
        touched = sorted({*tag.items(), *into.items()})
        record("tags_merge_undone", by, merged=self.name, into=into.name, merge=self.pk, items=touched)
        return tag

    def _part(self, tag: Tag, into: Tag) -> None:
        """Items that bore both tags bear both again: under the same numbers, for earlier merges know them by these."""
        rows = {row["item"]: row for row in self.absorbed}
        alive = set(Item.objects.filter(pk__in=rows).values_list("pk", flat=True))
        for standing in Tagging.objects.filter(tag=into, item__in=rows).order_by("pk"):
            if lent := rows[standing.item_id].get("lent"):
                standing.give_back(lent)
        numbers = [row["pk"] for row in self.absorbed if "pk" in row]
        taken = set(Tagging.objects.filter(pk__in=numbers).values_list("pk", flat=True))
        Tagging.objects.bulk_create(
            Tagging(
                pk=None if row.get("pk") in taken else row.get("pk"),
                tag=tag,
                item_id=row["item"],
                by_id=row["by"],
                at=row["at"],
                by_hand=row["by_hand"],
                in_text=row["in_text"],
            )
            for row in self.absorbed
            if row["item"] in alive
        )

    def _let_go(self, tag: Tag) -> None:
        """Earlier merges into the tag that stands again lead there again, whatever depth they were at."""
        layer = list(self.holds.values_list("pk", flat=True))
        self.holds.update(within=None)
        while layer:
            Merge.objects.filter(pk__in=layer).update(into=tag)
            layer = list(Merge.objects.filter(within__in=layer).values_list("pk", flat=True))
