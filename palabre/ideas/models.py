"""What ideas know beside their items: their stage and how they came there, the answer to them, and whose voices carry
them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from palabre.authoring.sameness import Mergeable
from palabre.ideas.stages import FIRST, OVER, Funnel, Meaning, called
from palabre.ideas.stages import Stage as Stage  # a model of this room
from palabre.items.models import Item
from palabre.kit.clock import now

LONGEST = 4000  # characters of an answer, of the words of a step, of an effect


class Idea(Mergeable):
    """Where an idea stands, what was answered officially, who carries it, and what it should bring and brought.

    One that was merged is archived; its voices stand with the other one, each person's once.
    """

    stage = models.CharField(max_length=24, default=FIRST)
    meaning = models.CharField(max_length=10, choices=Meaning, default=Meaning.OPEN)
    moved_at = models.DateTimeField(default=now)
    answer = models.TextField(blank=True, max_length=LONGEST)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    carrier = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="carried_ideas"
    )
    expected = models.TextField(blank=True, max_length=LONGEST)
    observed = models.TextField(blank=True, max_length=LONGEST)
    observed_at = models.DateTimeField(null=True)
    same_as = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="merged_ideas")

    class Meta:
        indexes = [models.Index(fields=["meaning", "-moved_at", "item"], name="ideas_by_meaning")]

    @property
    def is_over(self) -> bool:
        """Done or declined: it takes no more voices."""
        return self.meaning in OVER

    @transaction.atomic
    def move(self, key: str, words: str, by: Any) -> Step | None:
        """It goes to another stage, for the reason that `words` give to everybody concerned; None if it stands there.

        Raises KeyError for a stage that its space does not have.
        """
        self._hold()
        stage = Funnel.of(self.item.space).find(key)
        if stage is None:
            raise KeyError(key)
        if (self.stage, self.meaning) == (stage.key, stage.meaning):
            return None
        step = Step.objects.create(
            idea=self, stage=stage.key, name=stage.name, meaning=stage.meaning, words=words, by=by
        )
        self.stage, self.meaning, self.moved_at = stage.key, stage.meaning, step.at
        self.save(update_fields=["stage", "meaning", "moved_at"])
        self.item.record("idea_moved", by, step=step.pk)
        return step

    @transaction.atomic
    def respond(self, answer: str, by: Any) -> None:
        """The official answer, new or changed; an empty one takes it away."""
        self._hold()
        if answer == self.answer:
            return
        self.answer = answer
        self.answered_by, self.answered_at = (by, now()) if answer else (None, None)
        self.save(update_fields=["answer", "answered_by", "answered_at"])
        self.item.record("idea_answered" if answer else "idea_unanswered", by)

    @transaction.atomic
    def hand_to(self, carrier: Any, by: Any) -> None:
        """Who carries it from now on; None: nobody."""
        self._hold()
        if self.carrier_id != getattr(carrier, "pk", None):
            self.carrier = carrier
            self.save(update_fields=["carrier"])
            self.item.record("idea_handed" if carrier else "idea_laid_down", by, person=carrier)

    @transaction.atomic
    def weigh(self, expected: str, observed: str, by: Any) -> None:
        """What it should bring, and what it was seen to bring."""
        self._hold()
        if expected != self.expected:
            self.expected = expected
            self.save(update_fields=["expected"])
            self.item.record("effect_expected", by)
        if observed != self.observed:
            self.observed, self.observed_at = observed, now() if observed else None
            self.save(update_fields=["observed", "observed_at"])
            self.item.record("effect_observed" if observed else "effect_forgotten", by)

    def bring(self, other: Idea) -> list[Item]:
        """Its voices stand with the other one; who has one there is counted once, who wrote that one not at all."""
        there = Support.objects.filter(item=other.pk).exclude(person=None).values("person")
        going = Support.objects.filter(item=self.pk).exclude(person__in=there).exclude(person=other.item.author_id)
        Support.objects.filter(item=self.pk, pk__in=going.values("pk"), came_from=None).update(came_from=self.pk)
        Support.objects.filter(pk__in=list(going.values_list("pk", flat=True))).update(item=other.pk)
        return []

    def take_back(self, other: Item) -> list[Item]:
        """The voices that came from here."""
        Support.objects.filter(item=other.pk, came_from=self.pk).update(item=self.pk, came_from=None)
        return []


class Step(models.Model):
    """An idea came to a stage, with the reason; `name` is what the stage was called in its space then."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=24)
    name = models.CharField(max_length=40, blank=True)
    meaning = models.CharField(max_length=10, choices=Meaning)
    words = models.TextField(max_length=LONGEST)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return called(self.stage, self.name)


class Source(models.TextChoices):
    """Where somebody else's voice was heard."""

    CALL = "call", _("a call")
    VISIT = "visit", _("a visit")
    LETTER = "letter", _("a letter or e-mail")
    MEETING = "meeting", _("a meeting")


class Support(models.Model):
    """A voice for an idea, one each: `person`'s own, or brought by somebody else (`by`) who heard it at `source`.

    `words` are what they said. `came_from` is the idea it was for before that was merged. Voices carried away in an
    export for somebody who may not know whose they are, are nobody's by name.
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="ideas_one_voice_each"),
            models.CheckConstraint(condition=Q(by=None) | ~Q(source=""), name="ideas_voice_with_source"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.item_id}"

    @classmethod
    @transaction.atomic
    def give(cls, item: Item, person: Any) -> bool:
        """Somebody's own voice; what was brought in their name becomes that. False if they had given it."""
        Item.objects.select_for_update(no_key=True).only("pk").get(pk=item.pk)
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
        """`by` brings the voice of `person`; False if that was counted already."""
        Item.objects.select_for_update(no_key=True).only("pk").get(pk=item.pk)
        told = {"by": by, "source": source, "words": words}
        voice, new = cls.objects.get_or_create(item=item, person=person, defaults=told)
        if new:
            item.record("idea_voiced", by, person=person, voice=voice.pk)
        return new

    @transaction.atomic
    def take_back(self, by: Any) -> None:
        """It is counted no more."""
        if Support.objects.filter(pk=self.pk).delete()[0]:
            self.item.record("voice_taken_back", by, person=self.person_id)
