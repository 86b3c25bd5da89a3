"""Two items of a kind that say the same become one, and two again if that was wrong.

What was merged is archived and leads to the one that stays; each kind says what goes along with it (answers, voices),
which remembers where it came from, so that parting takes back that alone. Followers come and go with the verbs, which
join (`Verb.joins`): a kind `question` says `question_merged`, `question_grew` and `question_parted`.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models, transaction

from palabre.items.models import Facet, Item, State
from palabre.kit.clock import now


class Unmergeable(ValueError):
    """Two that cannot be one: the same, in different places, or one of them merged or over already."""


class Mergeable(Facet):
    """A facet whose items can become one with another; the kind adds `same_as`, the item that stays."""

    same_as: Any
    same_as_id: int | None
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_at = models.DateTimeField(null=True)

    brought = ""  # the verb of each item that moves along

    class Meta:
        abstract = True

    @property
    def gave_way(self) -> bool:
        return self.same_as_id is not None

    def bring(self, other: Self, by: Any) -> list[Item]:
        """Gives `other` what goes along, nothing unless the kind says so; returns the items among it, which are told to
        have moved."""
        return []

    def take_back(self, other: Item, by: Any) -> list[Item]:
        """Takes back from `other` what came from here, as `bring` gave it."""
        return []

    @transaction.atomic
    def merge_into(self, other: Self, by: Any) -> None:
        """This one says the same as `other`: it gives it what it has, and leads there. Raises Unmergeable."""
        held = {each.pk: each for each in self._held(self.pk, other.pk)}
        mine, theirs = held[self.pk], held.get(other.pk)
        if theirs is None or mine is theirs or mine.same_as_id or theirs.same_as_id:
            raise Unmergeable(other)
        if mine.item.space_id != theirs.item.space_id:
            raise Unmergeable(other)
        if mine.item.state != State.PUBLISHED or theirs.item.state != State.PUBLISHED:
            raise Unmergeable(other)
        self.item = mine.item
        # What led here leads straight there.
        type(self)._default_manager.filter(same_as=self.pk).update(same_as=theirs.item)
        moved = self.bring(theirs, by)
        self._become(State.ARCHIVED, theirs.item, by)
        event = self.item.record(f"{self.item.kind}_merged", by, into=theirs.pk)
        theirs.item.record(f"{self.item.kind}_grew", by, merged=self.pk, event=event.pk)
        for each in moved:
            each.record(self.brought, by, before=self.pk)

    @transaction.atomic
    def part(self, by: Any) -> None:
        """Undoes a merge: it stands for itself again, with what it gave."""
        self._hold()
        into = self.same_as
        if into is None:
            return
        moved = self.take_back(into, by)
        self._become(State.PUBLISHED, None, by)
        verb = f"{self.item.kind}_merged"
        self.item.record(f"{self.item.kind}_parted", by, into=into.pk, undoes=verb)
        for each in moved:
            each.record(self.brought, by, before=into.pk)

    def _become(self, state: State, same_as: Item | None, by: Any) -> None:
        self.same_as = same_as
        self.merged_by, self.merged_at = (by, now()) if same_as else (None, None)
        self.save(update_fields=["same_as", "merged_by", "merged_at"])  # type: ignore[misc]  # `same_as` is the kind's
        self.item.state = state
        self.item.save(update_fields=["state"])

    def _hold(self) -> None:
        """Nobody else changes or merges it meanwhile; the facet is as it stands now."""
        for fresh in self._held(self.pk):
            for field in self._meta.concrete_fields:
                setattr(self, field.attname, getattr(fresh, field.attname))
            self.item.state, self.item.space = fresh.item.state, fresh.item.space

    @classmethod
    def _held(cls, *keys: int) -> list[Self]:
        """With their items, which nobody throws away meanwhile; in the order of their keys, so that two who merge never
        wait for each other."""
        rows = cls._default_manager.select_for_update(of=("self", "item"), no_key=True).select_related("item__space")
        return list(rows.filter(pk__in=keys).order_by("pk"))
