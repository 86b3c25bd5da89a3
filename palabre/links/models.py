"""Links between items, mentions of people, outside addresses, and the authority that follows from links."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import MD5
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item, Name
from palabre.kit.clock import now
from palabre.people.models import Person


class Type(models.TextChoices):
    """What a link says of its two ends. TEXT is written in a text; the others are added by hand."""

    TEXT = "text", _("cites")
    LED_TO = "led_to", _("led to")
    ANSWERS = "answers", _("answers")
    SUPPORTS = "supports", _("supports")
    OBJECTS_TO = "objects_to", _("objects to")
    SUPERSEDES = "supersedes", _("supersedes")
    PART_OF = "part_of", _("is part of")
    ABOUT = "about", _("is about")
    SAME = "same", _("says the same as")
    RELATED = "related", _("is related to")

    @property
    def inverse(self) -> str | Promise:
        """The same link in the words of its other end."""
        return INVERSE[self]


INVERSE: dict[Type, str | Promise] = {
    Type.TEXT: _("is cited in"),
    Type.LED_TO: _("came from"),
    Type.ANSWERS: _("is answered by"),
    Type.SUPPORTS: _("is supported by"),
    Type.OBJECTS_TO: _("is objected to by"),
    Type.SUPERSEDES: _("is superseded by"),
    Type.PART_OF: _("includes"),
    Type.ABOUT: _("is the subject of"),
    Type.SAME: _("says the same as"),
    Type.RELATED: _("is related to"),
}
TYPED = tuple(kind for kind in Type if kind is not Type.TEXT)
MUTUAL = frozenset({Type.SAME, Type.RELATED})  # which read alike from either end


class LinkQuerySet(models.QuerySet["Link"]):
    """Questions about links. A link may be known to whoever sees both of its ends, or its source if it has one."""

    def visible_to(self, person: Any) -> LinkQuerySet:
        """Links from what `person` may see, to what they may see or to nothing yet."""
        seen = Item.objects.visible_to(person).order_by().values("pk")
        return self.filter(Q(target=None) | Q(target__in=seen), source__in=seen)

    def in_text(self) -> LinkQuerySet:
        return self.filter(type=Type.TEXT)

    def typed(self) -> LinkQuerySet:
        return self.exclude(type=Type.TEXT).filter(target__isnull=False)

    def wanted_by(self, person: Any) -> LinkQuerySet:
        """Links by a name that nothing `person` may see answers to.

        Whether such a thing is missing or hidden makes no difference to them, and must not.
        """
        seen = Item.objects.visible_to(person).order_by().values("pk")
        known = Name.objects.filter(key=models.OuterRef("title_key"), item__in=seen)
        return self.in_text().filter(~models.Exists(known), source__in=seen, address="").exclude(title_key="")

    def astray_for(self, person: Any) -> LinkQuerySet:
        """Links by address, from what `person` may see, that lead to nothing they may see."""
        seen = Item.objects.visible_to(person).order_by().values("pk")
        lost = Q(target=None) | ~Q(target__in=seen)
        return self.in_text().filter(lost, source__in=seen).exclude(address="")

    def superseding(self, items: Any) -> LinkQuerySet:
        """Links that say of these items that another one takes their place."""
        return self.filter(type=Type.SUPERSEDES, target__among=items)


class Link(models.Model):
    """One item points at another: by a name (`title`, folded `title_key`) or an `address` in its text, or by hand.

    A link by a name nothing answers to yet has no target and waits for one. An address that is no number of ours is
    a name too: that of a page of another wiki, which its import keeps (`items.Name`).
    """

    source = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="links_in")
    type = models.CharField(max_length=12, choices=Type, default=Type.TEXT)
    title = models.CharField(max_length=250, blank=True)
    title_key = models.CharField(max_length=250, blank=True)
    address = models.CharField(max_length=500, blank=True)
    label = models.CharField(max_length=250, blank=True)
    sentence = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "type"], condition=~Q(type="text"), name="links_typed_once"
            )
        ]
        indexes = [
            models.Index(fields=["title_key"], condition=~Q(title_key=""), name="links_by_name"),
            models.Index(fields=["target", "type", "source"], name="links_inbound"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.type} {self.target_id or self.title_key or self.address}"

    @classmethod
    @transaction.atomic
    def tie(cls, source: Item, type: Type, target: Item, by: Any) -> Link:
        """`by` says by hand what joins two items; both tell it from now on. What reads alike either way stands once."""
        if type in MUTUAL and (same := cls.objects.filter(source=target, type=type, target=source).first()):
            return same
        link, new = cls.objects.get_or_create(source=source, type=type, target=target, defaults={"by": by})
        if new:
            source.record("linked", by, type=type, target=target.pk)
            target.record("linked_from", by, type=type, source=source.pk)
        return link

    @transaction.atomic
    def untie(self, by: Any) -> None:
        """Takes a link made by hand away again."""
        self.source.record("unlinked", by, type=self.type, target=self.target_id)
        if self.target:
            self.target.record("unlinked_from", by, type=self.type, source=self.source_id)
        self.delete()


class Mention(models.Model):
    """A text names a person."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentions")
    sentence = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="links_mentions")]

    def __str__(self) -> str:
        return f"@{self.person_id} {self.item_id}"


class Health(models.TextChoices):
    """What the last visit to an outside address brought."""

    UNKNOWN = "unknown", _("not visited yet")
    ALIVE = "alive", _("works")
    MOVED = "moved", _("has moved")
    BROKEN = "broken", _("broken")
    CLOSED = "closed", _("does not wish to be visited by robots")


class OutsideAddress(models.Model):
    """An address beyond the house, visited from time to time to see whether it still answers."""

    address = models.CharField(max_length=2000)
    host = models.CharField(max_length=255)
    health = models.CharField(max_length=10, choices=Health, default=Health.UNKNOWN)
    status = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    moved_to = models.CharField(max_length=2000, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    visited_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(MD5("address"), name="links_outside_once")]
        indexes = [models.Index(fields=["due_at"], name="links_outside_due")]

    def __str__(self) -> str:
        return self.address


class OutsideLink(models.Model):
    """A text cites an outside address."""

    source = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="outside_links")
    outside = models.ForeignKey(OutsideAddress, on_delete=models.CASCADE, related_name="cited_in")
    label = models.CharField(max_length=250, blank=True)
    sentence = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.source_id} → {self.outside}"


class Authority(models.Model):
    """How much the house relies on an item (`links.authority`); 1 is the mean, an uncited item stands below."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.CASCADE, related_name="authority")
    score = models.FloatField()

    def __str__(self) -> str:
        return f"{self.item_id}: {self.score:.2f}"
