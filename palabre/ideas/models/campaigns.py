"""What a campaign knows beside its item: its days, to whom it speaks, by what its ideas are weighed, what came of it.

Its brief is the item's text, and who sponsors it the item's owner.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palabre.authoring.lifecycle import name_owner
from palabre.ideas import agenda
from palabre.ideas.criteria import of
from palabre.items.models import Facet, State
from palabre.kit.clock import now

LONGEST = 4000  # characters of what came of it


class Weighed(ValueError):
    """Ideas have been weighed by its criteria: they stay as they are."""


class Unbegun(ValueError):
    """Its first day is still to come: nothing came of it yet."""


class Concluded(ValueError):
    """What came of it was said: it is not opened again."""


class Audience(models.TextChoices):
    """To whom it speaks, of those who write in its space."""

    EVERYBODY = "everybody", _("Whoever writes in the space")
    INSIDE = "inside", _("People of the house")
    OUTSIDE = "outside", _("Customers and partners")


class Standing(models.TextChoices):
    """How far it is, as its days say."""

    PREPARED = "prepared", pgettext_lazy("a campaign", "In preparation")
    COMING = "coming", pgettext_lazy("a campaign", "Still to come")
    OPEN = "open", pgettext_lazy("a campaign", "Open")
    ENDED = "ended", pgettext_lazy("a campaign", "Ended")


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Questions about campaigns."""

    def standing(self, standing: str, today: date) -> CampaignQuerySet:
        """Those that stand so on that day."""
        over = Q(ended_at__isnull=False) | Q(closes_on__lt=today)
        if standing == Standing.ENDED:
            return self.filter(over)
        current = self.filter(ended_at=None)
        if standing == Standing.PREPARED:
            return current.filter(closes_on=None)
        under = current.filter(closes_on__gte=today)
        return under.filter(opens_on__gt=today) if standing == Standing.COMING else under.filter(opens_on__lte=today)

    def unsaid(self) -> CampaignQuerySet:
        """Those that have ended and of which nobody has said what came of them, nor left it at that."""
        ended = self.filter(ended_at__isnull=False, outcome="")
        return ended.filter(~Exists(Leaving.objects.standing().filter(campaign=OuterRef("pk"))))


class Campaign(Facet):
    """From which day to which it takes ideas, both included; `criteria` are names, none meaning the usual ones."""

    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYBODY)
    criteria = models.JSONField(default=list)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, max_length=LONGEST)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["closes_on", "item"], name="ideas_campaigns_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on=None, closes_on=None)
                | Q(opens_on__isnull=False, closes_on__isnull=False, closes_on__gte=F("opens_on")),
                name="ideas_campaign_has_both_days",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(ended_at__isnull=False), name="ideas_campaign_ended_before_its_outcome"
            ),
        ]

    @property
    def standing(self) -> Standing:
        today = agenda.today()
        if self.ended_at or (self.closes_on and self.closes_on < today):
            return Standing.ENDED
        if self.opens_on is None:
            return Standing.PREPARED
        return Standing.COMING if self.opens_on > today else Standing.OPEN

    @property
    def last_day(self) -> date | None:
        """On which it took its last ideas, or will; an outcome that is said early ends it that day."""
        ended = self.ended_at and agenda.day_of(self.ended_at)
        early = ended and self.opens_on and self.closes_on and self.opens_on <= ended < self.closes_on
        return ended if early else self.closes_on

    @property
    def is_open(self) -> bool:
        return self.standing == Standing.OPEN

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come: before, nothing can have come of it."""
        return self.standing in (Standing.OPEN, Standing.ENDED)

    def speaks_to(self, person: Any) -> bool:
        """Whether somebody stands on the side to which it speaks."""
        return self.audience == Audience.EVERYBODY or (self.audience == Audience.INSIDE) == bool(person.is_inside)

    @transaction.atomic
    def plan(
        self, opens_on: date, closes_on: date, audience: str, criteria: Sequence[str], sponsor: Any, by: Any
    ) -> None:
        """From when to when, for whom, weighed by what, sponsored by whom. A later last day opens one again that has
        ended by itself. Raises Weighed for other criteria than those by which ideas were weighed, and Concluded.
        """
        self.take_hold()
        if self.outcome:
            raise Concluded
        keys = [each.key for each in of(self.criteria)]
        weighed = self.item.campaign_ideas.filter(reviews__given_at__isnull=False, reviews__marks__has_any_keys=keys)
        if list(criteria) != self.criteria and weighed.exists():
            raise Weighed
        self.opens_on, self.closes_on, self.audience, self.criteria = opens_on, closes_on, audience, list(criteria)
        if closes_on >= agenda.today():
            self.ended_at = None
        if opens_on > agenda.today():
            self.opened_at = None
        self.save()
        if self.item.owner_id != sponsor.pk:
            self.item.owner = name_owner(self.item, by, sponsor).owner
        self.item.record("campaign_planned", by)
        agenda.expect(self.pk, opens_on, closes_on, by)
        self.open(by)

    @transaction.atomic
    def open(self, by: Any = None) -> bool:
        """Says that it takes ideas, if its day has come and it was not said yet."""
        self.take_hold()
        if self.opened_at or not self.is_open or self.item.state != State.PUBLISHED:
            return False
        self.opened_at = now()
        self.save(update_fields=["opened_at"])
        self.item.record("campaign_opened", by)
        return True

    @transaction.atomic
    def end(self) -> bool:
        """Its last day is over; False if it is not, or if it had ended."""
        self.take_hold()
        if self.ended_at or self.standing != Standing.ENDED:
            return False
        self.ended_at = now()
        self.save(update_fields=["ended_at"])
        self.item.record("campaign_ended", None)
        return True

    @transaction.atomic
    def conclude(self, outcome: str, by: Any) -> None:
        """What came of it, or how it reads now; what was said before is kept. One that is still open ends with that.
        Raises Unbegun.
        """
        self.take_hold()
        if not self.has_begun:
            raise Unbegun
        if outcome == self.outcome:
            return
        Outcome.objects.create(campaign=self, text=outcome, by=by)
        self.outcome, self.ended_at = outcome, self.ended_at or now()
        self.save(update_fields=["outcome", "ended_at"])
        agenda.forget(self.pk)
        self.item.record("campaign_concluded", by)

    @transaction.atomic
    def leave(self, reason: str, by: Any) -> bool:
        """Nobody says what came of it, for that reason; it can be said later all the same. False where it is still to
        end, and where it was said, or left at that.
        """
        self.end()
        if not self.ended_at or self.outcome or Leaving.objects.standing().filter(campaign=self).exists():
            return False
        Leaving.objects.create(campaign=self, reason=reason, by=by)
        self.item.record("campaign_left", by, reason=reason)
        return True


class Outcome(models.Model):
    """What somebody said came of a campaign, and when. Rows are only ever added."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="outcomes")
    text = models.TextField(max_length=LONGEST)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.text


class LeavingQuerySet(models.QuerySet["Leaving"]):
    """Campaigns that were left at that."""

    def standing(self) -> LeavingQuerySet:
        """Of one that was opened again since, none: it ends anew, and waits for words anew."""
        return self.filter(at__gte=F("campaign__ended_at"))


class Leaving(models.Model):
    """Somebody who steers a campaign that has ended left it at that: nobody says what came of it, for this reason."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="leavings")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="ideas_left_in_words")]

    def __str__(self) -> str:
        return self.reason
