"""Teams: whoever wants to works on an idea, and the space that a steward gave them, which ends with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction

from palabre.items.models import Item, State
from palabre.kit.clock import now
from palabre.spaces.models import Audience, LastSteward, Request, Role, Space


class TeammateQuerySet(models.QuerySet["Teammate"]):
    """Questions about teams."""

    def told_to(self, person: Any) -> TeammateQuerySet:
        """Who is in a team is told inside the house; a guest knows of themselves."""
        return self if person.is_authenticated and person.is_inside else self.filter(person=person.pk)


class Teammate(models.Model):
    """Somebody works on an idea. It gives no right: what they may read and write, the space of the team says.

    `came_from` is the idea they worked on before that was merged.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="idea_team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="idea_teams")
    at = models.DateTimeField(default=now)
    came_from = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = TeammateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="ideas_in_a_team_once")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.item_id}"

    @classmethod
    @transaction.atomic
    def join(cls, item: Item, person: Any) -> bool:
        """They work on it from now on; False if they did, and where nobody can any more: it became one with another a
        moment ago. Where the team has a space, people of the house are let in, and guests ask its stewards."""
        held = Item.objects.select_for_update(no_key=True).only("state").get(pk=item.pk)
        if held.state != State.PUBLISHED:
            return False
        _mate, new = cls.objects.get_or_create(item=item, person=person)
        if new:
            item.record("team_joined", person)
            if room := TeamSpace.of(item):
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
    """The space that a steward gave the team of an idea; `came_from` is the one it was given to before that was
    merged."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="idea_space")
    space = models.OneToOneField(Space, on_delete=models.CASCADE, related_name="team_of")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)
    came_from = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.space_id} · {self.item_id}"

    @classmethod
    def of(cls, item: Item) -> TeamSpace | None:
        return cls.objects.select_related("space").filter(item=item).first()

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
        if room := cls.of(item):
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


def bring(item: Item, other: Item, by: Any, *, over: bool) -> None:
    """Who works on `item` works on `other` from now on, who did already once. The space goes along; where the other
    team has one, that takes all of them in, and this one ends. `over`: the other idea is.
    """
    there = Teammate.objects.filter(item=other).values("person")
    going = Teammate.objects.filter(item=item).exclude(person__in=there)
    people = [mate.person for mate in going.select_related("person").order_by("pk")]
    keys = list(going.values_list("pk", flat=True))
    Teammate.objects.filter(pk__in=keys, came_from=None).update(came_from=item)
    Teammate.objects.filter(pk__in=keys).update(item=other)
    if room := TeamSpace.of(other):
        TeamSpace.follow(item, by, over=True)
        _let_in(room, people)
    elif room := TeamSpace.of(item):
        TeamSpace.objects.filter(pk=room.pk, came_from=None).update(came_from=item)
        TeamSpace.objects.filter(pk=room.pk).update(item=other)
        _let_in(room, [mate.person for mate in Teammate.objects.filter(item=other).select_related("person")])
        if over:
            room.space.archive(by)


def take_back(item: Item, other: Item, by: Any, *, over: bool) -> None:
    """Undoes `bring`: who came from `item` and has not left works on that again, and reads no more in a space of the
    other team's, as those do not in theirs. `over`: this idea is.
    """
    back = Teammate.objects.filter(item=other, came_from=item)
    people = [mate.person for mate in back.select_related("person").order_by("pk")]
    back.update(item=item, came_from=None)
    if TeamSpace.objects.filter(item=other, came_from=item).update(item=item, came_from=None):
        mine = Teammate.objects.filter(item=item).values("person")
        others = Teammate.objects.filter(item=other).exclude(person__in=mine).select_related("person")
        if room := TeamSpace.of(item):
            _let_out(room, [mate.person for mate in others])
    elif room := TeamSpace.of(other):
        _let_out(room, people)
    if not over:
        TeamSpace.follow(item, by, over=False)


def _let_in(room: TeamSpace, people: Iterable[Any]) -> None:
    for person in people:
        room.let_in(person)


def _let_out(room: TeamSpace, people: Iterable[Any]) -> None:
    for person in people:
        room.let_out(person)
