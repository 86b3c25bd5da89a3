"""What people are members of: they are let in, given a part, and let go, and somebody is left to shape it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction

from palabre.kit.clock import now
from palabre.kit.holding import hold
from palabre.people.models import Person, PersonQuerySet
from palabre.spaces.models.audience import RANK, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models.fields.related_descriptors import RelatedManager

    from palabre.journal.models import Event


class LastSteward(Exception):
    """A space keeps at least one steward: who would be the last to go is told so."""


class Membership(models.Model):
    """A person's part in a space: they may read it whatever its audience, and more according to their role."""

    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role, default=Role.CONTRIBUTOR)
    since = models.DateTimeField(default=now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person"], name="spaces_one_role_each")]

    def __str__(self) -> str:
        return f"{self.person} · {self.space} · {self.role}"


class Peopled(models.Model):
    """Its `memberships` hold who has which part in it; each change of them is said in the journal (`record`)."""

    memberships: RelatedManager[Membership]
    record: Callable[..., Event]

    class Meta:
        abstract = True

    def stewards(self) -> PersonQuerySet:
        """Those who shape it: people who can sign in."""
        return able_to_steward().filter(memberships__space=self.pk, memberships__role=Role.STEWARD)

    @transaction.atomic
    def welcome(self, person: Any, role: str, by: Any) -> Membership:
        """Makes somebody a member, or gives a member more; who has more already keeps it."""
        membership, new = self.memberships.select_for_update(no_key=True).get_or_create(
            space_id=self.pk, person=person, defaults={"role": role, "by_id": by.pk}
        )
        if new:
            self.record("member_added", by, person=person, role=role)
        elif RANK[role] > RANK[membership.role]:
            self._give(membership, role, by)
        return membership

    @transaction.atomic
    def place(self, person: Person, role: str, by: Any) -> None:
        """Gives a member exactly that role, be it less than they had. Raises LastSteward."""
        hold(self)  # two stewards who leave at once see it
        membership = self.memberships.filter(person=person).first()
        if membership and membership.role != role:
            self._keep_a_steward(membership, role)
            self._give(membership, role, by)

    @transaction.atomic
    def dismiss(self, person: Person, by: Any) -> None:
        """Ends somebody's membership; what they wrote stays. Raises LastSteward."""
        hold(self)
        membership = self.memberships.filter(person=person).first()
        if membership:
            self._keep_a_steward(membership)
            membership.delete()
            self.record("member_removed", by, person=person, role=membership.role)

    def seat(self, person: Any, by: Any) -> bool:
        """Makes somebody a reader of a nameless space; False if they were. Whoever asks says so in the journal."""
        return self.memberships.get_or_create(
            person=person, defaults={"role": Role.READER, "by_id": getattr(by, "pk", None)}
        )[1]

    def unseat(self, person: Any) -> bool:
        """Ends somebody's part in a nameless space; False if they had none."""
        return bool(self.memberships.filter(person=person).delete()[0])

    def _give(self, membership: Membership, role: str, by: Any) -> None:
        former, membership.role = membership.role, role
        membership.save(update_fields=["role"])
        self.record("member_changed", by, person=membership.person, role=role, former=former)

    def _keep_a_steward(self, membership: Membership, role: str = "") -> None:
        """Raises LastSteward when nobody could shape the space without this member."""
        stewards = self.stewards()
        if role != Role.STEWARD and [*stewards.values_list("pk", flat=True)] == [membership.person_id]:
            raise LastSteward(str(self))


def able_to_steward() -> PersonQuerySet:
    """Who can act: a robot, or somebody without account, shapes nothing."""
    able: PersonQuerySet = Person.objects.with_account().filter(is_bot=False).order_by()
    return able
