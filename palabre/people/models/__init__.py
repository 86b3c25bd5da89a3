"""Persons and organisations, how one comes in, and what is kept of each person beside: sessions and attention."""

from palabre.people.attention import Attention, Spent
from palabre.people.models.invitation import Invitation, InvitationQuerySet
from palabre.people.models.operator import OPERATOR, Operator
from palabre.people.models.organisation import Organisation, OrganisationQuerySet, Side
from palabre.people.models.person import Person, PersonManager, PersonQuerySet, zone_of_the_house
from palabre.people.sessions import Session

__all__ = [
    "OPERATOR", "Attention", "Invitation", "InvitationQuerySet", "Operator", "Organisation", "OrganisationQuerySet",
    "Person", "PersonManager", "PersonQuerySet", "Session", "Side", "Spent", "zone_of_the_house",
]  # fmt: skip
