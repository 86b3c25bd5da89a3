"""What arrival, departure and return mean for memberships."""

from typing import Any

from palabre.journal.models import Event
from palabre.people.models import Invitation, Person
from palabre.people.passage import at_arrival, at_departure, at_return
from palabre.spaces.models import Role, Space


@at_arrival
def take_place(invitation: Invitation, person: Person) -> None:
    """Gives the roles that the invitation brings, while whoever invited may still give them."""
    for placement in invitation.placements.select_related("space"):
        if (
            invitation.by
            and invitation.by.has_account
            and placement.space.stewards().filter(pk=invitation.by_id).exists()
        ):
            placement.space.welcome(person, placement.role, invitation.by)


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
    roles = {event.space: event.particulars["role"] for event in ended}
    for space in Space.objects.filter(pk__in=roles):
        space.welcome(person, roles.get(space.pk, Role.READER), by)
