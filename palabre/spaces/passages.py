"""What arrival, departure, return and union mean for memberships."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from palabre.journal.models import Event
from palabre.kit.policy import may
from palabre.people.models import OPERATOR, Invitation, Person
from palabre.people.passage import at_arrival, at_departure, at_return, still_given
from palabre.people.union import Right, at_union, carries, withholds
from palabre.spaces.models import Keeper, Membership, Request, Role, Space
from palabre.spaces.policy import may_bring


@at_arrival
def take_place(invitation: Invitation, person: Person) -> None:
    """Gives the roles that the invitation brings, where whoever invited may still give them."""
    by = invitation.by or OPERATOR
    for placement in invitation.placements.select_related("space"):
        if may(by, "space.admit", placement.space):
            placement.space.welcome(person, placement.role, by)


@still_given
def is_place_given(invitation: Invitation) -> bool:
    """Whether whoever invited may still admit to a space that the invitation names."""
    by = invitation.by or OPERATOR
    placements = invitation.placements.select_related("space")
    if invitation.guest:  # who stands in the house already stays where they stand
        return any(may(by, "space.admit", each.space) for each in placements)
    return any(may_bring(by, each.space, invitation.side, invitation.organisation) for each in placements)


@at_departure
def end_memberships(person: Person, by: Any) -> None:
    """Ends every membership; the journal keeps which there were."""
    for membership in person.memberships.select_related("space"):
        membership.delete()
        membership.space.record("member_removed", by, person=person, role=membership.role, departure=True)


@at_return
def renew_memberships(person: Person, by: Any) -> None:
    """Gives back the memberships that the last departure ended."""
    left = Event.objects.filter(person=person.pk, verb="person_left").order_by("-id").first()
    if left is None:
        return
    ended = Event.objects.filter(
        person=person.pk, verb="member_removed", particulars__departure=True, id__gt=left.pk
    ).order_by("id")
    roles = {event.space: event.particulars["role"] for event in ended if event.space}
    for space in Space.objects.filter(pk__in=roles):
        space.welcome(person, roles.get(space.pk, Role.READER), by)


@withholds(Membership, "person")
def memberships_it_lacks(person: Person, account: Person, by: Any) -> list[Right]:
    """The memberships `account` would gain; a space that `by` does not see is not named."""
    seen = Space.objects.visible_to(by).values("pk")
    return [
        Right(f"space:{each.space_id}", f"{each.space} · {each.get_role_display()}", may(by, "space.admit", each.space))
        for each in _lacking(person, account).filter(space__in=seen)
    ]


@at_union
def unite_memberships(person: Person, account: Person, given: Collection[str], by: Any) -> dict[str, Any]:
    """Gives `account` the memberships asked for, where `by` may; all those of who was spoken for end."""
    for each in _lacking(person, account):
        if f"space:{each.space_id}" in given and may(by, "space.admit", each.space):
            each.space.welcome(account, each.role, by)
    end_memberships(person, by)
    return {}


def _lacking(person: Person, account: Person) -> QuerySet[Membership]:
    """The memberships of `person` in spaces where `account` has none; a role it has there stays what it is."""
    its_own = Membership.objects.filter(person=account).values("space")
    return person.memberships.exclude(space__in=its_own).select_related("space").order_by("space__name")


@carries(Keeper, "person")
def kept(number: int) -> str:
    return ngettext("%(number)d space among theirs", "%(number)d spaces among theirs", number) % {"number": number}


@carries(Request, "person")
def requests(number: int) -> str:
    return ngettext("%(number)d request for access", "%(number)d requests for access", number) % {"number": number}
