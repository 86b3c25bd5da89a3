"""Who can see this, and why: the rule of sight, said in sentences and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from palabre.people.models import Person, Side
from palabre.spaces.difference import Told, tell
from palabre.spaces.models import Audience, Role, Space


@dataclass(frozen=True)
class Reason:
    """One ground on which people read; `outside` when it reaches beyond the company."""

    title: str
    sentence: str
    people: Told | None = None
    outside: bool = False


def reasons(space: Space, viewer: Any) -> list[Reason]:
    """Every ground on which somebody reads `space`, with people as `viewer` may know them."""
    found = []
    account = Person.objects.with_account()
    if space.audience == Audience.PUBLIC:
        found.append(
            Reason(
                _("Everyone"),
                _("The space is public: anyone reads it, signed in or not, search engines too."),
                outside=True,
            )
        )
    if space.audience in (Audience.COMPANY, Audience.PARTNERS, Audience.CUSTOMERS):
        inside = tell(account.filter(side=Side.COMPANY), viewer) if viewer.is_authenticated else None
        found.append(Reason(_("The whole house"), _("The space is open to everybody of the company."), inside))
    if space.audience == Audience.PARTNERS:
        for organisation in space.organisations.all():
            theirs = tell(account.filter(side=Side.PARTNER, organisation=organisation), viewer)
            sentence = _("The space names this partner among its readers.")
            found.append(Reason(organisation.name, sentence, theirs, outside=True))
    if space.audience == Audience.CUSTOMERS:
        customers = tell(account.filter(side=Side.CUSTOMER), viewer)
        found.append(Reason(_("Customers"), _("The space is open to every customer."), customers, outside=True))
    for role, title, sentence in (
        (Role.STEWARD, _("Stewards"), _("They shape the space and say who belongs to it.")),
        (Role.CONTRIBUTOR, _("Contributors"), _("They are members, and write.")),
        (Role.READER, _("Readers"), _("They are members, and read.")),
    ):
        members = account.filter(memberships__space=space, memberships__role=role)
        if told := tell(members, viewer):
            found.append(Reason(title, sentence, told, any(not each.is_inside for each in told.known)))
    return found


def why(space: Space, person: Any, role: str | None) -> str:
    """The ground on which `person` reads `space`."""
    if role:
        return _("You see it because you are a member of %(space)s: %(role)s.") % {
            "space": space.name, "role": Role(role).label,
        }  # fmt: skip
    if space.audience == Audience.PUBLIC:
        return _("You see it because the space is public.")
    if person.side == Side.COMPANY:
        return _("You see it because the space is open to the whole house.")
    if person.side == Side.PARTNER:
        return _("You see it because your organisation is named in the space.")
    return _("You see it because the space is open to customers.")
