"""Invitations: how somebody new comes in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from palabre.journal.recording import record
from palabre.kit.clock import now
from palabre.people import passage, union
from palabre.people.models.operator import OPERATOR
from palabre.people.models.organisation import Organisation, Side
from palabre.people.models.person import Person


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def open(self) -> InvitationQuerySet:
        """Those that still let somebody in."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now())

    def make(self, by: Any, *, address: str, **fields: Any) -> Invitation:
        """A new invitation; an earlier open one to the same address by the same person ends."""
        for former in self.open().filter(address__iexact=address, by=by.pk):
            former.revoke(by)
        invitation = self.create(by_id=by.pk, address=address, **fields)
        record(
            "invited",
            by,
            person=invitation.person_id,
            invitation=invitation.pk,
            side=invitation.side,
            organisation=str(invitation.organisation or ""),
            administrator=invitation.as_administrator,
        )
        return invitation


class Invitation(models.Model):
    """A door held open once, for one address, until a date.

    It is bound to what it brings: a side, an organisation, an administrator's rights; the space and the role stand a
    floor above. The link's key is not kept, only its digest. Without an address it makes the first administrator.
    """

    address = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    side = models.CharField(max_length=10, choices=Side)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    as_administrator = models.BooleanField(default=False)
    language = models.CharField(max_length=5, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.address

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > now()

    @property
    def guest(self) -> Person | None:
        """Who is known under this address already."""
        return Person.objects.filter(email__iexact=self.address).first() if self.address else None

    @property
    def is_still_given(self) -> bool:
        """Whether whoever gave it could give it today; the first administrator's only while there is none.

        Administrators open the whole house; a steward opens a space to somebody outside, and one who is a guest to
        their own organisation.
        """
        if not self.address:
            return not Person.objects.administrators().exists()
        if self.by is None:
            return True
        if not self.by.has_account:
            return False
        if self.by.is_admin:
            return True
        its_own = (self.by.side, self.by.organisation_id) == (self.side, self.organisation_id)
        outside = self.side != Side.COMPANY and not self.as_administrator
        return outside and (self.by.is_inside or its_own) and passage.is_given(self)

    @transaction.atomic
    def accept(
        self, *, name: str = "", password: str | None = None, address: str = "", person: Person | None = None
    ) -> Person:
        """Lets in, once, whoever holds the link: `person` when signed in, else a new account under the bound address.

        The row is held while it is used, so that two clicks at once make one account. Raises PermissionDenied when it
        is no longer open, or when it was meant for somebody else. `address` counts only where none was bound.
        """
        held = Invitation.objects.select_for_update(no_key=True).get(pk=self.pk)
        if not held.is_open or (person and (person.email or "").casefold() != held.address.casefold()):
            raise PermissionDenied("invitation")
        if not held.is_still_given:
            raise PermissionDenied("invitation")
        if person is None:
            if held.guest or (held.person and not held.person.is_spoken_for):
                raise PermissionDenied("invitation")
            person = held.person or Person.objects.create_person(
                name or held.name or held.address,
                side=held.side,
                organisation=held.organisation,
            )
            if (person.side, person.organisation) != (held.side, held.organisation):
                person.stand(held.side, held.organisation, held.by or OPERATOR)
            if name and name != person.name:
                person.name = name
                person.save(update_fields=["name"])
            person.open_account(held.address or address, password)
        if held.as_administrator:
            person.name_administrator(held.by or OPERATOR)
        held.accepted_at, held.accepted_by = now(), person
        held.save(update_fields=["accepted_at", "accepted_by"])
        record("invitation_accepted", person, person=person, invitation=held.pk)
        passage.arrive(held, person)
        return person

    @transaction.atomic
    def revoke(self, by: Any) -> None:
        """Closes the door before it was used."""
        self.revoked_at = now()
        self.save(update_fields=["revoked_at"])
        record("invitation_revoked", by, person=self.person_id, invitation=self.pk)


@passage.at_departure
def close_the_doors_they_opened(person: Any, by: Any) -> None:
    """Who has left lets nobody in."""
    for invitation in Invitation.objects.open().filter(by=person):
        invitation.revoke(by)


@union.at_union
def close_the_doors_held_for_them(person: Any, account: Any, given: Collection[str], by: Any) -> dict[str, Any]:
    """Who has an account needs no way in as somebody else."""
    for invitation in Invitation.objects.open().filter(person=person):
        invitation.revoke(by)
    return {}
