"""Who can see this, and why: the rule of sight, said in sentences and names."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from palabre.people.models import Person, Side
from palabre.spaces.difference import NAMED, Told
from palabre.spaces.models import Audience, Role, Space

Group = tuple[str, int | None]
"""A side and, for partners, their organisation."""


@dataclass(frozen=True)
class Reason:
    """One ground on which people read; `outside` when it reaches beyond the company."""

    title: str
    sentence: str
    people: Told | None = None
    outside: bool = False


def reasons(space: Space, viewer: Any) -> list[Reason]:
    """Every ground on which somebody reads `space`, with people as `viewer` may know them; five queries."""
    return [*_by_audience(space, viewer), *_by_role(space, viewer)]


def _by_audience(space: Space, viewer: Any) -> list[Reason]:
    if space.audience == Audience.TEAM:
        return []
    if space.audience == Audience.PUBLIC:
        sentence = _("The space is public: anyone reads it, signed in or not, search engines too.")
        return [Reason(_("Everyone"), sentence, outside=True)]
    partners = list(space.organisations.all()) if space.audience == Audience.PARTNERS else []
    told = _groups(viewer)
    sentence = _("The space is open to everybody of the company.")
    found = [Reason(_("The whole house"), sentence, told[Side.COMPANY, None])]
    if space.audience == Audience.CUSTOMERS:
        sentence = _("The space is open to every customer.")
        found.append(Reason(_("Customers"), sentence, told[Side.CUSTOMER, None], outside=True))
    sentence = _("The space names this partner among its readers.")
    found += [Reason(each.name, sentence, told[Side.PARTNER, each.pk], outside=True) for each in partners]
    return found


def _groups(viewer: Any) -> defaultdict[Group, Told]:
    """The company, the customers and each partner, as `viewer` may know their people; two queries."""
    account = Person.objects.with_account()
    partner = Case(When(side=Side.PARTNER, then=F("organisation")))
    counts: Counter[Group] = Counter()
    for side, place, n in account.order_by().values_list("side", partner).annotate(n=Count("pk")):
        counts[side, place] = n
    row = Window(RowNumber(), partition_by=[F("side"), partner], order_by="name")
    first = account.visible_to(viewer).select_related("organisation").annotate(row=row).filter(row__lte=NAMED)
    known: defaultdict[Group, list[Person]] = defaultdict(list)
    for person in first.order_by("name"):
        known[person.side, person.organisation_id if person.side == Side.PARTNER else None].append(person)
    told = {group: Told(known[group], n - len(known[group])) for group, n in counts.items()}
    return defaultdict(lambda: Told([], 0), told)


def _by_role(space: Space, viewer: Any) -> list[Reason]:
    account = Person.objects.with_account()
    members = space.memberships.filter(person__in=account.order_by().values("pk"))
    outside = Count("pk", filter=~Q(person__side=Side.COMPANY))
    counted = members.order_by().values_list("role").annotate(n=Count("pk"), outside=outside)
    counts = {role: (n, beyond) for role, n, beyond in counted}
    met = members.filter(person__in=Person.objects.visible_to(viewer).order_by().values("pk"))
    row = Window(RowNumber(), partition_by=[F("role")], order_by="person__name")
    first = met.select_related("person__organisation").annotate(row=row).filter(row__lte=NAMED)
    known: defaultdict[str, list[Person]] = defaultdict(list)
    for membership in first.order_by("person__name"):
        known[membership.role].append(membership.person)
    found = []
    for role, title, sentence in (
        (Role.STEWARD, _("Stewards"), _("They shape the space and say who belongs to it.")),
        (Role.CONTRIBUTOR, _("Contributors"), _("They are members, and write.")),
        (Role.READER, _("Readers"), _("They are members, and read.")),
    ):
        n, beyond = counts.get(role, (0, 0))
        if n:
            people = known[role]
            found.append(Reason(title, sentence, Told(people, n - len(people)), outside=beyond > 0))
    return found


def why(space: Space, person: Any, role: str | None) -> str:
    """The ground on which `person` reads `space`."""
    if role:
        return _("You see it because you are a member of %(space)s: %(role)s.") % {
            "space": space.name,
            "role": Role(role).label,
        }
    if space.audience == Audience.PUBLIC:
        return _("You see it because the space is public.")
    if person.side == Side.COMPANY:
        return _("You see it because the space is open to the whole house.")
    if person.side == Side.PARTNER:
        return _("You see it because your organisation is named in the space.")
    return _("You see it because the space is open to customers.")
