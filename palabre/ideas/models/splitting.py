"""An idea that holds two becomes two: the whole is archived and leads to its halves; it can be one again.

Whoever wanted the whole wants its halves until they say otherwise: its voices stand with both, marked as inherited,
counted once in each, and can be taken back from either. The whole keeps them, and that is what undoing goes back to:
the halves become one with it, as any two ideas can (`authoring.sameness`), with the voices they won.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction

from palabre.authoring.sameness import Mergeable
from palabre.authoring.writing import Text, publish_all
from palabre.ideas.models.voices import Support
from palabre.items.models import Item, State
from palabre.kit.clock import now
from palabre.links.models import Link, Type
from palabre.tags.models import Tagging

LONGEST = 4000  # characters of the reason


class Unsplittable(ValueError):
    """It is archived or over, was merged or split already; or it was not split."""


@dataclass(frozen=True)
class Half:
    title: str
    body: str


class Splittable(Mergeable):
    """A facet whose items can become two; each half says what it was `split_from`."""

    split_from = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="idea_halves")
    split_at = models.DateTimeField(null=True)
    split_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    split_words = models.TextField(blank=True, max_length=LONGEST)

    class Meta:
        abstract = True

    @property
    def gave_way(self) -> bool:
        return super().gave_way or self.split_at is not None

    @transaction.atomic
    def split(self, halves: Sequence[Half], words: str, by: Any, **alike: Any) -> list[Item]:
        """Two of the same author instead of one, for the reason that `words` give; `alike` are the fields that they
        have of it. Raises Unsplittable.
        """
        self._hold()
        whole = self.item
        if whole.state != State.PUBLISHED or self.same_as_id or self.split_at:
            raise Unsplittable
        tags = list(Tagging.objects.filter(item=whole).values_list("tag__name", flat=True))
        facet = {"split_from": whole, **alike}
        items = publish_all(
            [
                Text(whole.kind, whole.space, whole.author, half.title, half.body, tags=tags, facet=facet)
                for half in halves
            ],
            by,
        )
        voices = list(Support.objects.filter(item=whole).order_by("pk"))
        for item in items:
            Support.objects.bulk_create(voice.inherited_by(item) for voice in voices)
            Link.tie(whole, Type.LED_TO, item, by)
            item.record("idea_split_off", by, whole=whole.pk)
        self._stand_split(State.ARCHIVED, words, by)
        whole.record("idea_split", by, into=[item.pk for item in items])
        return items

    @transaction.atomic
    def rejoin(self, by: Any) -> None:
        """It is one again; of its halves, those that stand become one with it. Raises Unsplittable."""
        self._hold()
        if not self.split_at:
            raise Unsplittable
        self._stand_split(State.PUBLISHED, "", None)
        self.item.record("idea_rejoined", by)
        halves: Any = type(self)._default_manager.filter(split_from=self.item, item__space=self.item.space_id)
        here = halves.filter(same_as=None, item__state=State.PUBLISHED).select_related("item__space")
        for half in here.order_by("pk"):
            half.merge_into(self, by)
            for link in Link.objects.filter(source=self.item, target=half.item, type=Type.LED_TO):
                link.untie(by)  # what became one with it did not come of it

    def _stand_split(self, state: State, words: str, by: Any) -> None:
        self.split_words, self.split_by, self.split_at = words, by, now() if words else None
        self.save(update_fields=["split_words", "split_by", "split_at"])
        self.item.state = state
        self.item.save(update_fields=["state"])
