"""Who meets whom: people inside meet everybody; guests those they share a space with.

A nameless space introduces its members to each other, and is no space that people are said to share.
"""

from typing import Any

from django.db.models import Q

from palabre.people import meeting
from palabre.people.models import OPERATOR, PersonQuerySet, Side
from palabre.spaces.models import Audience, Invited, Membership, Space


@meeting.decides
def narrow(people: PersonQuerySet, viewer: Any) -> PersonQuerySet:
    """`people` that `viewer` may meet.

    Sharing a space means both are members of it, or, in a space for named partner organisations, the viewer reads
    it and the other is a member. Being a reader of a public or customers' space introduces nobody. Who was
    spoken for and has an account now is met under both names.
    """
    if viewer is OPERATOR:
        return people
    if not viewer.is_authenticated or not viewer.is_active or viewer.left_at:
        return people.none()
    if viewer.side == Side.COMPANY:
        return people
    shared = Membership.objects.filter(person=viewer.pk).values("space")
    as_partner = Space.objects.visible_to(viewer).filter(audience=Audience.PARTNERS).values("pk")
    met = Membership.objects.filter(Q(space__in=shared) | Q(space__in=as_partner)).values("person")
    return people.filter(Q(pk=viewer.pk) | Q(pk__in=met) | Q(one_with=viewer.pk) | Q(one_with__in=met))


def sharing(person: Any) -> Q:
    """The people who share a space with `person`: both are members, or one is and the other reads it for a partner."""
    mine = Membership.objects.filter(person=person.pk, space__nameless=False).values("space")
    read = Space.objects.visible_to(person).filter(
        audience=Audience.PARTNERS, organisations=person.organisation_id or 0
    )
    partners = Invited.objects.filter(space__in=mine, space__audience=Audience.PARTNERS).values("organisation")
    found = Q(pk__in=Membership.objects.filter(space__in=mine).values("person"))
    if person.side == Side.PARTNER:
        found |= Q(pk__in=Membership.objects.filter(space__in=read.values("pk")).values("person"))
    return found | Q(side=Side.PARTNER, organisation__in=partners)
