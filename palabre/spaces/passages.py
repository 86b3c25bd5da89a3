"""What arrival, departure and return mean for memberships."""

from typing import Any

from palabre.journal.models import Event
from palabre.kit.policy import may
from palabre.people.models import OPERATOR, Invitation, Person
from palabre.people.passage import at_arrival, at_departure, at_return
from palabre.spaces.models import Role, Space


@at_arrival
def take_place(invitation: Invitation, person: Person) -> None:
    """Gives the roles that the invitation brings, where whoever invited may still give them."""
    by = invitation.by or OPERATOR
    for placement in invitation.placements.select_related("space"):
        if may(by, "space.admit", placement.space):
            placement.space.welcome(person, placement.role, by)


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
