"""What offers know beside their items: whether one can have them. Who answers for one is its item's owner."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from palabre.items.models import Facet
from palabre.kit.clock import now


class Standing(models.TextChoices):
    """Whether one can have it."""

    PREPARING = "preparing", pgettext_lazy("an offer", "Being prepared")
    OFFERED = "offered", pgettext_lazy("an offer", "Offered")
    WITHDRAWN = "withdrawn", pgettext_lazy("an offer", "Withdrawn")


class Offer(Facet):
    """A product or a service, and how it stands `since` when."""

    standing = models.CharField(max_length=10, choices=Standing, default=Standing.PREPARING)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(standing__in=Standing.values), name="offers_standing")]

    @transaction.atomic
    def stand(self, standing: Standing, by: Any) -> bool:
        """It is offered from now on, withdrawn, or prepared again; False if it stood so already."""
        held = Offer.objects.select_for_update(no_key=True).get(pk=self.pk)
        self.standing, self.since = held.standing, held.since
        if held.standing == standing:
            return False
        self.standing, self.since = standing, now()
        self.save(update_fields=["standing", "since"])
        self.item.record(f"offer_{standing}", by)
        return True
