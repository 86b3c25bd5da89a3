"""The item and what belongs to it whatever its kind: facets, revisions, names, appointments."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from palabre.items import kinds
from palabre.journal.models import Event
from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.kit.queries import Slot
from palabre.people.models import OPERATOR
from palabre.spaces import sight
from palabre.spaces.models import Space


class State(models.TextChoices):
    """Where an item is in its life."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")
    TRASHED = "trashed", _("In the trash")


READABLE = (State.PUBLISHED, State.ARCHIVED)


def asking(person: Any, *, apart: bool = False) -> dict[str, Any]:
    """What decides about items for `person`: `{"spaces": keys, "reader": key or 0, "stewarded": keys}`.

    With `apart`, nameless spaces are among them.
    """
    seen = sight.of(person)
    return {"spaces": seen.every_id if apart else seen.space_ids, "reader": person.pk or 0, "stewarded": seen.stewarded}


class ItemQuerySet(models.QuerySet["Item"]):
    """Questions about items; `visible_to` is the only place where visibility is decided."""

    def visible_to(self, person: Any, *, unpublished: bool = False, apart: bool = False) -> ItemQuerySet:
        """The items `person` may read: what is published in the spaces they see.

        With `unpublished`, also what is not (any more) for everybody: their own drafts, scheduled and trashed items,
        and what lies in the trash of spaces they are a steward of, but for what only its author saw before. Nothing
        outside the spaces they see, ever. With `apart`, also what stands in nameless spaces of theirs (conversations):
        its own doors and what leads to one thing ask for it, lists of many things do not; OPERATOR never sees any.
        """
        if person is OPERATOR:
            named = self.filter(space__nameless=False)
            return named if unpublished else named.filter(state__in=READABLE)
        return self.visible_from(**asking(person, apart=apart), unpublished=unpublished)

    def visible_from(self, spaces: Any, reader: Any, stewarded: Any, *, unpublished: bool = False) -> ItemQuerySet:
        """What is read by who sees these spaces, is that reader and stewards those: keys, or slots to be told later."""
        readable = Q(state__in=READABLE)
        if unpublished:
            drafts = Q(extras__contains={"before_trash": State.DRAFT.value})
            readable |= Q(author=reader) | (Q(state=State.TRASHED, space__among=stewarded) & ~drafts)
        return self.filter(readable, space__among=spaces)

    def visible_to_asker(self, *, unpublished: bool = False) -> ItemQuerySet:
        """`visible_to` for a query composed once: whoever asks gives it the values of `asking`."""
        return self.visible_from(Slot("spaces"), Slot("reader"), Slot("stewarded"), unpublished=unpublished)

    def published(self) -> ItemQuerySet:
        """What is current: neither archived nor in the trash, nor yet to come."""
        return self.filter(state=State.PUBLISHED)

    def of_kind(self, *names: str) -> ItemQuerySet:
        return self.filter(kind__in=names)

    def for_lists(self) -> ItemQuerySet:
        """Without the long texts, with the people and the place: what a row of a list shows."""
        return self.select_related("author", "author__organisation", "space").defer("body", "html", "outline")


class Item(models.Model):
    """Something said: a page, a post, a bookmark, and every kind to come.

    Every power (links, tags, talk, search …) points here with a plain foreign key; what only one kind knows stands on
    its facet. A field joins this table only if two powers read it.
    """

    kind = models.CharField(max_length=20)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    position = models.FloatField(default=0)
    title = models.CharField(_("title"), max_length=250)
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True, editable=False)
    excerpt = models.CharField(max_length=400, blank=True)
    outline = models.JSONField(default=list, blank=True)
    words = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=5, default="fr")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="items")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_items"
    )
    state = models.CharField(max_length=10, choices=State, default=State.PUBLISHED)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    extras = models.JSONField(default=dict, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "state", "-published_at", "-id"], name="items_space_feed"),
            models.Index(fields=["state", "-published_at", "-id"], name="items_feed"),
            models.Index(fields=["space", "kind", "parent", "position"], name="items_tree"),
            models.Index(fields=["author", "-published_at", "-id"], name="items_author"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_of(self) -> kinds.Kind:
        """What its room says of its kind."""
        return kinds.get(self.kind)

    @property
    def facet(self) -> Any:
        """The facet of its kind, None for a kind without one."""
        return getattr(self, self.kind, None) if self.kind_of.facet else None

    @property
    def is_readable(self) -> bool:
        """Whether whoever sees the space may read it."""
        return self.state in READABLE

    @property
    def reading_minutes(self) -> int:
        """At 220 words a minute, at least one."""
        return max(1, round(self.words / 220))

    def get_absolute_url(self) -> str:
        return address(self.kind, self.pk, self.title)

    def record(self, verb: str, by: Any, **particulars: Any) -> Event:
        """Says in the journal, in the same transaction, that something happened to this item."""
        return record(verb, by, item=self.pk, space=self.space_id, **particulars)


def address(kind: str, pk: int, title: str) -> str:
    """The address of an item: the number finds it for ever, the words are for people."""
    words = _words(title)
    return f"/{kinds.get(kind).path}/{pk}-{words}/" if words else f"/{kinds.get(kind).path}/{pk}/"


@lru_cache(maxsize=4096)  # a list says the same ones again and again
def _words(title: str) -> str:
    return slugify(title)[:80].strip("-")


class Facet(models.Model):
    """What one kind knows and the others do not."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.CASCADE, related_name="%(class)s")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.item)

    @property
    def gave_way(self) -> bool:
        """Whether other items stand for this one: it is archived, until that is undone."""
        return False

    def take_hold(self) -> None:
        """Until the transaction ends nobody else changes it, and it is as it stands now."""
        fresh = type(self)._default_manager.select_for_update(no_key=True).get(pk=self.pk)
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(fresh, field.attname))


class Revision(models.Model):
    """A text as it once stood; number 1 is the first. Rows are only ever added."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=250)
    body = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    merged_from = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["item", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="items_revision_number")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Name(models.Model):
    """A name by which texts may call an item: its title, the titles it had, its aliases.

    `key` is the folded form (`items.names.fold`); `label` is as people wrote it.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="names")
    key = models.CharField(max_length=250)
    label = models.CharField(max_length=250)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "key"], name="items_name_once")]
        indexes = [models.Index(fields=["key"], name="items_name_key")]

    def __str__(self) -> str:
        return self.label


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """What is to happen; of one item each verb has one hour at most."""

    def expect(self, item: int, verb: str, due: datetime, by: Any) -> None:
        """It is to happen to that item (its key) then, and at no other hour."""
        self.update_or_create(item_id=item, verb=verb, kept_at=None, defaults={"due": due, "by": by})

    def forget(self, item: int, *verbs: str) -> None:
        """It is not to happen."""
        self.filter(item=item, verb__in=verbs, kept_at=None).update(kept_at=now(), outcome="cancelled")


class Appointment(models.Model):
    """At the hour `due`, `verb` is to happen to the item on behalf of `by`, whose rights are checked again then."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="appointments")
    verb = models.CharField(max_length=40)
    due = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due"], condition=Q(kept_at=None), name="items_appointments_due")]
        constraints = [
            models.UniqueConstraint(fields=["item", "verb"], condition=Q(kept_at=None), name="items_one_appointment")
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.item} {self.due:%Y-%m-%d %H:%M}"
