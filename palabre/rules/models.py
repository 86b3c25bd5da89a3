"""What rules know beside their items: whether they hold, why, and who challenged them.

Who answers for a rule is its item's owner; the day on which it is looked at again is that of the trust in it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from palabre.authoring.lifecycle import name_owner
from palabre.authoring.models import Trust
from palabre.authoring.writing import publish
from palabre.items.models import Facet, Item
from palabre.kit.clock import now
from palabre.kit.policy import may
from palabre.links.models import Link, Type

LONGEST = 4000  # characters of a reason, of an answer
REPLACES = "replaces"
"""In the `extras` of a rule's item: the rule whose place it takes once it is in force."""


class Standing(models.TextChoices):
    """Whether it holds."""

    PROPOSED = "proposed", pgettext_lazy("a rule", "Proposed")
    FORCE = "force", pgettext_lazy("a rule", "In force")
    REPLACED = "replaced", pgettext_lazy("a rule", "Replaced")
    LIFTED = "lifted", pgettext_lazy("a rule", "Lifted")


OVER = (Standing.REPLACED, Standing.LIFTED)


class Rule(Facet):
    """Whether a rule holds, `since` when, and the reason for it."""

    standing = models.CharField(max_length=10, choices=Standing, default=Standing.PROPOSED)
    since = models.DateTimeField(default=now)
    reason = models.TextField(blank=True, max_length=LONGEST)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="rules_standing"),
            models.CheckConstraint(condition=~Q(standing=Standing.FORCE) | ~Q(reason=""), name="rules_with_reason"),
        ]

    @transaction.atomic
    def hold(self, reason: str, owner: Any, review_on: Any, by: Any) -> bool:
        """It is in force, for this reason; `owner` answers for it and looks at it again on that day.

        The rule whose place it takes is replaced then. False if it was in force already, and only that was changed.
        """
        self._lock()
        if self.is_over:
            return False
        enacted = self.standing == Standing.PROPOSED
        if self.reason != reason:
            self.reason = reason
            if not enacted:
                self.item.record("rule_reasoned", by)
        if enacted:
            self.standing, self.since = Standing.FORCE, now()
        self.save(update_fields=["standing", "since", "reason"])
        if self.item.owner_id != owner.pk:
            self.item.owner = name_owner(self.item, by, owner).owner
        Trust.confirm(self.item, by, review_on)
        if enacted:
            self.item.record("rule_enacted", by)
            if former := self.replaced:
                former._end(Standing.REPLACED, by)
                Link.tie(self.item, Type.SUPERSEDES, former.item, by)
                self._follow(former, by)
        return enacted

    @transaction.atomic
    def lift(self, by: Any) -> bool:
        """It holds no more; False if it did not."""
        self._lock()
        return self._end(Standing.LIFTED, by)

    @property
    def is_over(self) -> bool:
        """It holds no more: whether it is still true is asked of nobody."""
        return self.standing in OVER

    @property
    def replaced(self) -> Rule | None:
        """The rule in force whose place it is to take."""
        key = self.item.extras.get(REPLACES)
        rules = Rule.objects.filter(standing=Standing.FORCE).select_related("item__space")
        return rules.filter(pk=key).exclude(pk=self.pk).first() if isinstance(key, int) else None

    @transaction.atomic
    def challenge(self, title: str, words: str, by: Any, at: Any = None) -> Challenge:
        """`by` objects to it, in an idea where it stands."""
        idea = publish("idea", self.item.space, by, title, words, at=at)
        Link.tie(idea, Type.OBJECTS_TO, self.item, by)
        challenge = Challenge.objects.create(rule=self, idea=idea, by=by, at=at or now())
        self.item.record("rule_challenged", by, challenge=challenge.pk)
        return challenge

    def _end(self, standing: Standing, by: Any) -> bool:
        if self.standing != Standing.FORCE:
            return False
        self.standing, self.since = standing, now()
        self.save(update_fields=["standing", "since"])
        Trust.end(self.item)
        for challenge in self.challenges.filter(settled_at=None).order_by("pk"):  # type: ignore[attr-defined]
            challenge.rule = self
            challenge.settle(Outcome(standing), "", by)
        self.item.record(f"rule_{standing}", by)
        return True

    def _follow(self, former: Rule, by: Any) -> None:
        """The decisions that came of the challenges it answers led to it; where there is none, these themselves."""
        seen = Item.objects.visible_to(by).select_related("space")
        for idea in seen.filter(challenge__rule=former, challenge__outcome=Outcome.REPLACED).order_by("pk"):
            led = seen.of_kind("decision").filter(links_in__source=idea, links_in__type=Type.LED_TO).order_by("pk")
            said = [each for each in led if may(by, "link.lead", each)]
            for each in said or [idea]:
                Link.tie(each, Type.LED_TO, self.item, by)

    def _lock(self) -> None:
        held = Rule.objects.select_for_update(no_key=True).get(pk=self.pk)
        self.standing, self.since, self.reason = held.standing, held.since, held.reason


class Outcome(models.TextChoices):
    """How a challenge ended."""

    KEPT = "kept", pgettext_lazy("a challenge", "The rule stays")
    REPLACED = "replaced", pgettext_lazy("a challenge", "Another rule took its place")
    LIFTED = "lifted", pgettext_lazy("a challenge", "The rule was lifted")


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """Questions about challenges. One is known to whoever sees both the rule and the idea that objects to it."""

    def told_to(self, person: Any) -> ChallengeQuerySet:
        seen = Item.objects.visible_to(person).order_by().values("pk")
        return self.filter(rule__in=seen, idea__in=seen)


class Challenge(models.Model):
    """Somebody objects to a rule, in an idea; and how that ended, with the `words` of the answer."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="challenges")
    idea = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="challenge")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    words = models.TextField(blank=True, max_length=LONGEST)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | (Q(settled_at__gte=models.F("at")) & ~Q(outcome="")),
                name="rules_settled_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} ≠ {self.rule_id}"

    @transaction.atomic
    def settle(self, outcome: Outcome, words: str, by: Any, at: Any = None) -> bool:
        """It has its answer; False if it had one already. A database trigger keeps what is measured as it is."""
        held = Challenge.objects.select_for_update(no_key=True).get(pk=self.pk)
        if held.settled_at:
            return False
        self.outcome, self.words, self.settled_by, self.settled_at = outcome, words, by, at or now()
        self.save(update_fields=["outcome", "words", "settled_by", "settled_at"])
        self.rule.item.record("rule_challenge_settled", by, challenge=self.pk)
        return True
