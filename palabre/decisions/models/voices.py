"""Who may vote, what they said, and, where ballots are secret, the two apart: who has voted, and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models

from palabre.decisions.models.course import Stage
from palabre.decisions.models.decision import Decision
from palabre.decisions.models.delegations import Delegation
from palabre.decisions.passing import HEARD, Way
from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.people.models import Organisation
from palabre.tags.models import Alias, Tag


class ElectorQuerySet(models.QuerySet["Elector"]):
    """Who may vote on what."""

    def waiting(self) -> ElectorQuerySet:
        """Those of open votes who have not voted, or voted on a text that has changed in substance since."""
        return self.filter(
            ~models.Exists(_cast().filter(version__gte=models.OuterRef("decision__pinned"))),
            ~models.Exists(_marks().filter(version__gte=models.OuterRef("decision__pinned"))),
            decision__stage=Stage.OPEN,
        )

    def unheard(self) -> ElectorQuerySet:
        """Those of open votes who have not voted."""
        return self.filter(~models.Exists(_cast()), ~models.Exists(_marks()), decision__stage=Stage.OPEN)

    def unconfirmed(self) -> ElectorQuerySet:
        """Those of open votes who voted on a text that has changed in substance since."""
        return self.filter(_stale(), decision__stage=Stage.OPEN)

    def mandates(self) -> dict[int, int]:
        """For which organisation somebody votes, by their keys."""
        return dict(self.exclude(organisation=None).values_list("person_id", "organisation_id"))

    def topics(self, item: Item) -> dict[str, Any]:
        """For what voices may have been lent that are heard about this item."""
        return {
            "space": item.space_id,
            "tags": sorted(Tag.objects.filter(taggings__item=item).values_list("key", flat=True)),
        }

    def hands(self, about: Mapping[str, Any], at: datetime | None = None) -> dict[int, int]:
        """Who of them lends their voice to whom at that hour, or now, for what is decided `about`: for a topic rather
        than the space, and of two topics for the one that was lent last. The voice of an organisation is not lent on.
        """
        tags = {tag.pk for tag in Tag.objects.called(about.get("tags", ())).values()}
        keys = [*Tag.objects.filter(pk__in=tags).values_list("key", flat=True)]
        keys += Alias.objects.filter(tag__in=tags).values_list("key", flat=True)
        lent = Delegation.objects.standing(at).filter(
            models.Q(topic__in=keys) | models.Q(space=about.get("space")),
            giver__in=self.filter(organisation=None).order_by().values("person"),
        )
        order = sorted(lent, key=lambda each: (bool(each.topic), each.at, each.pk))
        return {each.giver_id: each.to_id for each in order}

    def with_marks(self) -> ElectorQuerySet:
        """Each with `is_marked`: whether they have put a secret ballot into the box."""
        return self.annotate(is_marked=models.Exists(_marks()))


def _cast() -> models.QuerySet[Ballot]:
    return Ballot.objects.filter(decision=models.OuterRef("decision"), voter=models.OuterRef("person"))


def _marks() -> models.QuerySet[Mark]:
    return Mark.objects.filter(elector=models.OuterRef("pk"))


def _stale() -> Any:
    earlier = {"version__lt": models.OuterRef("decision__pinned")}
    return models.Exists(_cast().filter(**earlier)) | models.Exists(_marks().filter(**earlier))


class Elector(models.Model):
    """Somebody who may vote, for themselves or for an organisation whose mandate they hold; before opening, somebody
    who is named for it.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="electors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")

    is_marked: bool  # of `with_marks`

    objects = ElectorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="decisions_elector_once")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.decision_id}"


class Mark(models.Model):
    """Somebody has voted where ballots are secret, on that version of the text: a row without an hour, that knows
    nothing of any ballot.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.PositiveIntegerField(default=0)
    elector = models.ForeignKey(Elector, on_delete=models.CASCADE, related_name="marks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["elector"], name="decisions_marked_once")]

    def __str__(self) -> str:
        return f"mark of {self.elector_id}"


class BallotQuerySet(models.QuerySet["Ballot"]):
    """What people said."""

    def told_to(self, person: Any) -> BallotQuerySet:
        """Those that anybody who reads the decision may know, and one's own."""
        return self.filter(models.Q(decision__stage=Stage.CLOSED) | models.Q(voter=person.pk))

    def carry(self, ways: Iterable[Way]) -> None:
        """Writes beside each of these ballots what was lent to it."""
        carried: dict[int, list[list[int]]] = {}
        for way in ways:
            if way.end == HEARD:
                carried.setdefault(way.through[-1], []).append([*way.through[:-1]])
        ballots: list[Any] = list(self.filter(voter__in=carried))
        for ballot in ballots:
            ballot.carried = sorted(carried[ballot.voter_id])
        self.bulk_update(ballots, ["carried"], batch_size=500)


class Ballot(models.Model):
    """What somebody said, as `counting.ballots` writes it, and which version of the text they had before them.

    carried: once counted, the ways by which voices that were lent came to it, each from its giver on: `[[12, 15], …]`.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="ballots")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField(null=True)
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)
    carried = models.JSONField(default=list)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "voter"], name="decisions_one_ballot_each")]

    def __str__(self) -> str:
        return f"{self.voter_id} · {self.decision_id}"


class Unsigned(models.Model):
    """A ballot of a secret vote, once it is counted: what it says, and the code by which its voter finds it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="unsigned")
    code = models.CharField(max_length=16)
    said = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "code"], name="decisions_code_once")]

    def __str__(self) -> str:
        return f"{self.code} · {self.decision_id}"
