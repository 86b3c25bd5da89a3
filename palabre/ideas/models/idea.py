"""What ideas know beside their items: their stage and how they came there, the answers to them, who carries them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from palabre.ideas.models import teams
from palabre.ideas.models.campaigns import Campaign, Concluded
from palabre.ideas.models.splitting import Half, Splittable, Unsplittable
from palabre.ideas.models.teams import TeamSpace
from palabre.ideas.models.voices import Support
from palabre.ideas.stages import FIRST, OVER, Funnel, Meaning, called
from palabre.items.models import Item
from palabre.kit.clock import now

LONGEST = 4000  # characters of an answer, of the words of a step, of an effect


class Idea(Splittable):
    """Where an idea stands, what was answered officially, who carries it, and what it should bring and brought.

    One that was merged is archived; its voices stand with the other one, each person's once. One that was split is
    archived too, with the reason, and keeps its voices; its halves say what they were `split_from`.
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
    campaign = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="campaign_ideas")

    class Meta:
        indexes = [models.Index(fields=["meaning", "-moved_at", "item"], name="ideas_by_meaning")]
        constraints = [
            models.CheckConstraint(
                condition=Q(split_at=None, split_words="") | (Q(split_at__isnull=False) & ~Q(split_words="")),
                name="ideas_split_in_words",
            )
        ]

    @property
    def is_over(self) -> bool:
        """Done or declined: it takes no more voices."""
        return self.meaning in OVER

    @transaction.atomic
    def move(self, key: str, words: str, by: Any) -> Step | None:
        """It goes to another stage, for the reason that `words` give to everybody concerned; None if it stands there.

        The space of its team ends with it, and opens again with it.

        Raises KeyError for a stage that its space does not have.
        """
        self._hold()
        stage = Funnel.of(self.item.space).find(key)
        if stage is None:
            raise KeyError(key)
        if (self.stage, self.meaning) == (stage.key, stage.meaning):
            return None
        was_over = self.is_over
        step = Step.objects.create(
            idea=self, stage=stage.key, name=stage.name, meaning=stage.meaning, words=words, by=by
        )
        self.stage, self.meaning, self.moved_at = stage.key, stage.meaning, step.at
        self.save(update_fields=["stage", "meaning", "moved_at"])
        self.item.record("idea_moved", by, step=step.pk)
        if self.is_over != was_over:
            TeamSpace.follow(self.item, by, over=self.is_over)
        return step

    @transaction.atomic
    def respond(self, answer: str, by: Any) -> None:
        """The official answer, new or changed; an empty one takes it away. What was said before is kept."""
        self._hold()
        if answer == self.answer:
            return
        said = Answer.objects.create(idea=self, text=answer, by=by)
        self.answer = answer
        self.answered_by, self.answered_at = (by, said.at) if answer else (None, None)
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
    def place(self, campaign: Item | None, words: str, by: Any) -> None:
        """It is one of that campaign from now on, or of none; `words` say why, if anybody does. Reviews stay, and count
        where an order is told by the criteria they were given by.

        Raises Concluded where it was said what came of the campaign that it is in, or of the other.
        """
        self._hold()
        if self.campaign_id == (campaign and campaign.pk):
            return
        both = [each.pk for each in (self.campaign, campaign) if each]
        if Campaign.objects.filter(pk__in=both).exclude(outcome="").exists():
            raise Concluded
        Placing.objects.create(idea=self, before=self.campaign, campaign=campaign, words=words, by=by)
        self.campaign = campaign
        self.save(update_fields=["campaign"])
        self.item.record("idea_placed", by, campaign=campaign and campaign.pk)

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

    @transaction.atomic
    def split_into(self, first: Half, second: Half, words: str, by: Any) -> list[Item]:
        """Two ideas instead of one, in the same campaign. Raises Unsplittable, also for one that is over."""
        self._hold()
        if self.is_over:
            raise Unsplittable
        return self.split((first, second), words, by, campaign_id=self.campaign_id)

    def bring(self, other: Idea, by: Any) -> list[Item]:
        """Its voices stand with the other one; who has one there is counted once, who wrote that one not at all. Its
        team goes along, with its space.
        """
        there = Support.objects.filter(item=other.pk).exclude(person=None).values("person")
        going = Support.objects.filter(item=self.pk).exclude(person__in=there).exclude(person=other.item.author_id)
        Support.objects.filter(item=self.pk, pk__in=going.values("pk"), came_from=None).update(came_from=self.pk)
        Support.objects.filter(pk__in=list(going.values_list("pk", flat=True))).update(item=other.pk)
        teams.bring(self.item, other.item, by, over=other.is_over)
        return []

    def take_back(self, other: Item, by: Any) -> list[Item]:
        """The voices that came from here, and the team."""
        Support.objects.filter(item=other.pk, came_from=self.pk).update(item=self.pk, came_from=None)
        teams.take_back(self.item, other, by, over=self.is_over)
        return []


class Answer(models.Model):
    """What was answered officially, when and by whom; an empty text took the answer away. Rows are only ever added."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(blank=True, max_length=LONGEST)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.text


class Placing(models.Model):
    """An idea came into a campaign, from another or none (`before`), or out of it. Rows are only ever added."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="placings")
    before = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")
    campaign = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(blank=True, max_length=LONGEST)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.before_id} → {self.campaign_id}"


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
