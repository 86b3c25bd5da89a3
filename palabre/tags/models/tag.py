"""Tags, who put them where and when, and the other names they answer to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item
from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.tags.keys import LONGEST, key_of, name_of

_TENDING = 0x74656E64
_KEEP = "SELECT * FROM tags_tag WHERE key = ANY(%s) ORDER BY id FOR KEY SHARE"


class TagQuerySet(models.QuerySet["Tag"]):
    """Questions about tags. What a reader may know of them is what visible items bear."""

    def visible_to(self, person: Any) -> TagQuerySet:
        """Tags that something `person` may see bears; any other tag does not exist for them."""
        return self.filter(Exists(Tagging.objects.visible_to(person).filter(tag=OuterRef("pk"))))

    def counted_for(self, person: Any, **within: Any) -> TagQuerySet:
        """Tags by `uses`, the number of visible items that bear them; `within` narrows those taggings."""
        seen = Tagging.objects.visible_to(person).filter(tag=OuterRef("pk"), **within)
        uses = seen.order_by().values("tag").annotate(n=Count("pk")).values("n")
        counted = self.annotate(uses=models.Subquery(uses, output_field=models.IntegerField()))
        return counted.filter(uses__gt=0).order_by("-uses", "key")

    def called(self, keys: Iterable[str]) -> dict[str, Tag]:
        """Those of these tags that answer to `keys`, by the key asked for, synonyms and former names included."""
        keys = set(keys)
        found: dict[str, Tag] = {tag.key: tag for tag in self.filter(key__in=keys)} if keys else {}
        return found | self._by_other_names(keys - found.keys())

    def _by_other_names(self, keys: Collection[str]) -> dict[str, Tag]:
        aliases = Alias.objects.filter(key__in=keys, tag__in=self).select_related("tag") if keys else ()
        return {alias.key: alias.tag for alias in aliases}

    def made(self, names: Iterable[str]) -> dict[str, Tag]:
        """Like `called`, by names as people write them; a tag nobody has used yet is made.

        Who merges one of them meanwhile waits until the transaction ends: what bears it goes along, too.
        """
        wanted = {key: name_of(name) for name in names if (key := key_of(name))}
        found: dict[str, Tag] = {tag.key: tag for tag in self.raw(_KEEP, [list(wanted)])} if wanted else {}
        found |= self._by_other_names(wanted.keys() - found.keys())
        if missing := sorted(wanted.keys() - found.keys()):
            Tag.objects.bulk_create([Tag(key=key, name=wanted[key]) for key in missing], ignore_conflicts=True)
            found |= self.called(missing)
        return found

    def tend_alone(self) -> None:
        """Until the transaction ends nobody else renames, merges or parts tags: what one looks at now stays so."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TENDING])


class Tag(models.Model):
    """A word people put on things; two that differ by case or accent are one (`key`)."""

    uses: int  # of `counted_for`
    together: int  # of `company.beside`

    name = models.CharField(_("name"), max_length=LONGEST)
    key = models.CharField(max_length=2 * LONGEST, unique=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/tags/{self.key}/"

    def items(self) -> list[int]:
        """The items that bear it, which an event about it names so that readers look at them again."""
        return list(self.taggings.order_by("item").values_list("item", flat=True))

    @transaction.atomic
    def put_on(self, item: Item, by: Any) -> Tagging:
        """`by` tags `item` by hand; who tagged it first stays who tagged it."""
        tagging, new = Tagging.objects.get_or_create(tag=self, item=item, defaults={"by": by, "by_hand": True})
        if not new and not tagging.by_hand:
            Tagging.objects.filter(pk=tagging.pk).update(by_hand=True)
        if new:
            item.record("tagged", by, tag=self.name, key=self.key)
        return tagging

    @transaction.atomic
    def take_off(self, item: Item, by: Any) -> bool:
        """Removes what was put by hand; False when the text itself says the tag, which only an edit can change."""
        tagging = Tagging.objects.filter(tag=self, item=item).first()
        if tagging is None:
            return True
        if tagging.in_text:
            Tagging.objects.filter(pk=tagging.pk).update(by_hand=False)
            return False
        tagging.delete()
        item.record("untagged", by, tag=self.name, key=self.key)
        return True

    @transaction.atomic
    def rename(self, name: str, by: Any) -> None:
        """The tag gets another name; the former one goes on leading to it."""
        before, key = (self.name, self.key), key_of(name)
        self._take_over(key, by)
        self.name, self.key = name_of(name), key
        Alias.objects.filter(key=key, tag=self).delete()
        self.save(update_fields=["name", "key"])
        if before[1] != key:
            Alias.objects.create(key=before[1], name=before[0], tag=self, by=by)
        record("tag_renamed", by, before=before[0], after=self.name, items=self.items())

    @transaction.atomic
    def answer_to(self, name: str, by: Any) -> Alias:
        """`name` becomes a synonym: written or looked up, it is this tag."""
        self._take_over(key_of(name), by)
        alias, _new = Alias.objects.get_or_create(
            key=key_of(name), tag=self, defaults={"name": name_of(name), "by": by}
        )
        record("tag_synonym_added", by, tag=self.name, synonym=alias.name, items=self.items())
        return alias

    def _take_over(self, key: str, by: Any) -> None:
        """A name of a tag that nothing bears any more is free; a merge, so that it can be had back."""
        holder = Tag.objects.called([key]).get(key)
        if holder and holder != self and not holder.taggings.exists():
            holder.merge_into(self, by)

    @transaction.atomic
    def forget(self, alias: Alias, by: Any) -> None:
        """The tag no longer answers to that name."""
        record("tag_synonym_removed", by, tag=self.name, synonym=alias.name, items=self.items())
        alias.delete()

    @transaction.atomic
    def merge_into(self, other: Tag, by: Any) -> Any:
        """All that bears this tag bears `other` instead, and this one's names lead there. Returns the `Merge`, which
        can be undone."""
        list(Tag.objects.select_for_update().filter(pk__in=[self.pk, other.pk]).order_by("pk"))
        borne = {tagging.item_id: tagging for tagging in Tagging.objects.filter(tag=other)}
        mine = list(Tagging.objects.filter(tag=self).order_by("pk"))
        absorbed = [tagging for tagging in mine if tagging.item_id in borne]
        merge = other.merges.create(
            name=self.name,
            key=self.key,
            target=other.name,
            by=by,
            moved=[tagging.pk for tagging in mine if tagging.item_id not in borne],
            absorbed=[tagging.kept() | {"lent": borne[tagging.item_id].take_from(tagging)} for tagging in absorbed],
            synonyms=[alias.key for alias in self.aliases.order_by("key")],
        )
        Tagging.objects.filter(pk__in=[tagging.pk for tagging in absorbed]).delete()
        Tagging.objects.filter(tag=self).update(tag=other)
        self.aliases.update(tag=other)
        self.merges.filter(within=None).update(within=merge)
        self.merges.update(into=other)
        self.delete()
        Alias.objects.create(key=merge.key, name=merge.name, tag=other, by=by)
        record("tags_merged", by, merged=merge.name, into=other.name, merge=merge.pk, items=other.items())
        return merge


class Alias(models.Model):
    """Another key a tag answers to: a synonym, a former name, a tag merged into it."""

    key = models.CharField(max_length=2 * LONGEST, unique=True)
    name = models.CharField(max_length=LONGEST)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="aliases")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class TaggingQuerySet(models.QuerySet["Tagging"]):
    """Questions about taggings."""

    def visible_to(self, person: Any) -> TaggingQuerySet:
        """Taggings of items `person` may see: the one predicate of every count and suggestion."""
        return self.filter(item__in=Item.objects.visible_to(person).order_by().values("pk"))


class Tagging(models.Model):
    """An item bears a tag: put by hand, said by its text (`#tag`), or both."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="taggings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)
    by_hand = models.BooleanField(default=False)
    in_text = models.BooleanField(default=False)

    objects = TaggingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "tag"], name="tags_once_an_item")]
        indexes = [
            models.Index(fields=["tag", "item"], name="tags_by_tag"),
            models.Index(fields=["at"], name="tags_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} #{self.tag_id}"

    def take_from(self, other: Tagging) -> list[str]:
        """This row stands for `other`, too: put by hand or said in the text if either was; returns what it was lent."""
        lent = [how for how in HOW if getattr(other, how) and not getattr(self, how)]
        for how in lent:
            setattr(self, how, True)
        if lent:
            self.save(update_fields=lent)
        return lent

    def give_back(self, lent: Iterable[str]) -> None:
        """Undoes `take_from`; a row that stands for nothing any more goes."""
        for how in lent:
            setattr(self, how, False)
        if any(getattr(self, how) for how in HOW):
            self.save(update_fields=HOW)
        else:
            self.delete()

    def kept(self) -> dict[str, Any]:
        """All there is to say of this row, for a merge to be undone by."""
        return {
            "pk": self.pk,
            "item": self.item_id,
            "by": self.by_id,
            "at": self.at.isoformat(),
            "by_hand": self.by_hand,
            "in_text": self.in_text,
        }


HOW = ("by_hand", "in_text")
"""The two ways in which an item bears a tag."""
