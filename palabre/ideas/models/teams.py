"""Teams: whoever wants to works on an idea, and the space that a steward gave them, which ends with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction

from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.spaces.models import Audience, LastSteward, Request, Role, Space


class TeammateQuerySet(models.QuerySet["Teammate"]):
    """Questions about teams."""

    def told_to(self, person: Any) -> TeammateQuerySet:
        """Who is in a team is told inside the house; a guest knows of themselves."""
        return self if person.is_authenticated and person.is_inside else self.filter(person=person.pk)


class Teammate(models.Model):
    """Somebody works on an idea. It gives no right: what they may read and write, the space of the team says."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="idea_team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="idea_teams")
    at = models.DateTimeField(default=now)

    objects = TeammateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="ideas_in_a_team_once")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.item_id}"

    @classmethod
    @transaction.atomic
    def join(cls, item: Item, person: Any) -> bool:
        """They work on it from now on; False if they did. Where the team has a space, people of the house are let in,
        and guests ask its stewards."""
        _mate, new = cls.objects.get_or_create(item=item, person=person)
        if new:
            item.record("team_joined", person)
            if room := TeamSpace.objects.select_related("space").filter(item=item).first():
                room.let_in(person)
        return new

    @transaction.atomic
    def leave(self) -> None:
        """They no longer do, and no longer belong to the space, but for who stewards it."""
        if not Teammate.objects.filter(pk=self.pk).delete()[0]:
            return
        self.item.record("team_left", self.person)
        if room := TeamSpace.objects.select_related("space").filter(item=self.item_id).first():
            room.let_out(self.person)


class TeamSpace(models.Model):
    """The space that a steward gave the team of an idea."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="idea_space")
    space = models.OneToOneField(Space, on_delete=models.CASCADE, related_name="team_of")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.space_id} · {self.item_id}"

    @classmethod
    @transaction.atomic
    def give(cls, item: Item, name: str, purpose: str, by: Any) -> TeamSpace | None:
        """A space for its team, in which each of them writes; None if it has one. `by` stewards it."""
        Item.objects.select_for_update(no_key=True).only("pk").get(pk=item.pk)
        if cls.objects.filter(item=item).exists():
            return None
        space = Space.objects.found(
            by, name=name, purpose=purpose, audience=Audience.TEAM, language=item.space.language
        )
        for mate in Teammate.objects.filter(item=item).select_related("person").order_by("pk"):
            space.welcome(mate.person, Role.CONTRIBUTOR, by)
        room = cls.objects.create(item=item, space=space, by=by)
        item.record("team_settled", by)
        return room

    @classmethod
    def follow(cls, item: Item, by: Any, *, over: bool) -> None:
        """What becomes of the idea becomes of the space of its team."""
        if room := cls.objects.select_related("space").filter(item=item).first():
            (room.space.archive if over else room.space.reopen)(by)

    def let_in(self, person: Any) -> None:
        """Whoever gave the space let people of the house in beforehand; of guests, its stewards decide."""
        if person.is_inside:
            self.space.welcome(person, Role.CONTRIBUTOR, self.by or person)
        elif not self.space.memberships.filter(person=person).exists():
            role = Role.CONTRIBUTOR
            if Request.objects.get_or_create(
                space=self.space, person=person, answered_at=None, defaults={"role": role}
            )[1]:
                self.space.record("access_asked", person, person=person, role=role)

    def let_out(self, person: Any) -> None:
        self.space.requests.filter(person=person, answered_at=None).delete()
        if self.space.memberships.filter(person=person).exclude(role=Role.STEWARD).exists():
            try:
                self.space.dismiss(person, person)
            except LastSteward:  # made one meanwhile
                return
