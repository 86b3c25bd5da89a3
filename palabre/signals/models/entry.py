"""The inbox, which has one entry for each thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Greatest, Least

from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.signals.models.signal import Signal
from palabre.spaces.models import Space


class EntryQuerySet(models.QuerySet["Entry"]):
    """Questions about the inbox; rights are asked again each time it is read."""

    def of(self, person: Any) -> EntryQuerySet:
        """A person's own entries about what they may see now."""
        # Of each by its key: asked which there are, PostgreSQL would first gather all that its owner may see.
        visible = Item.objects.visible_to(person, apart=True).filter(pk=OuterRef("item")).order_by().values("pk")
        place = Q(item=None, space__in=Space.objects.visible_to(person).order_by().values("pk"))
        place |= Q(item=None, space__in=Space.objects.askable_by(person).order_by().values("pk"))
        house = Q(item=None, space=None)
        if not getattr(person, "is_admin", False):
            house &= Q(Exists(Signal.objects.newest_said()))
        mine = self.alias(visible=Subquery(visible[:1])).filter(person=person)
        return mine.filter(Q(visible__isnull=False) | place | house)

    def waiting(self, moment: datetime | None = None) -> EntryQuerySet:
        """Neither done with nor put off."""
        return self.filter(done_at=None, at__lte=moment or now())

    def put_off(self) -> EntryQuerySet:
        """Those that come back at an hour still to come."""
        return self.filter(done_at=None, at__gt=now())

    def done(self) -> EntryQuerySet:
        return self.filter(done_at__isnull=False)

    def unread(self) -> EntryQuerySet:
        return self.filter(unread=True)

    def see(self, event: int) -> None:
        """Their owner has seen what happened up to `event`, of what there is; what came since goes on waiting."""
        self._see(Value(event, models.BigIntegerField()))  # a bare number is cut to four bytes

    def see_each(self, events: Mapping[int, int]) -> None:
        """The same of some of them, by key, each up to an event of its own."""
        each = [When(pk=pk, then=Value(event, models.BigIntegerField())) for pk, event in events.items()]
        self.filter(pk__in=events)._see(Case(*each))

    def _see(self, given: Value | Case) -> None:
        later = Q(event__gt=given)
        self.update(
            seen=Greatest(F("seen"), Least(F("event"), given)),
            unread=Case(When(later, then=F("unread")), default=False),
            loud=Case(When(later, then=F("loud")), default=False),
        )

    def unsee(self) -> None:
        """They are to be read again."""
        self.update(unread=True, loud=True, seen=0)


class Entry(models.Model):
    """What somebody's inbox says of one thing: an item; where an event has none, a space; without one, the house.

    `at` is when it last had something new, or when it comes back after having been put off. `loud` says that
    something unread in it may interrupt.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbox", db_index=False)
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    space = models.ForeignKey(
        Space, null=True, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    event = models.BigIntegerField()
    at = models.DateTimeField()
    unread = models.BooleanField(default=True)
    loud = models.BooleanField(default=False)
    seen = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], condition=Q(item__isnull=False), name="signals_entry_of_item"
            ),
            models.UniqueConstraint(fields=["person", "space"], condition=Q(item=None), name="signals_entry_of_space"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(item=None, space=None), name="signals_entry_of_house"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], condition=Q(done_at=None), name="signals_inbox"),
            models.Index(fields=["person", "-done_at", "-id"], condition=Q(done_at__isnull=False), name="signals_done"),
            models.Index(
                fields=["person", "space"], condition=Q(unread=True, loud=True, done_at=None), name="signals_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.item_id or self.space_id or 'house'}"
