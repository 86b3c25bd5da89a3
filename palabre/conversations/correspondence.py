"""Who may write to whom, as the house has decided it; company, partners and customers are told apart."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from palabre.people.models import Person, PersonQuerySet, Side
from palabre.spaces.meeting import sharing


class Who(models.TextChoices):
    """Whom people of another side may write to."""

    ALL = "all", "all"
    SHARED = "shared", "shared"
    NOBODY = "nobody", "nobody"


class Correspondence(models.Model):
    """The house's rule of who may write to whom, one row: what holds between the house and partners, the house and
    customers, and among people from outside. Within the house everybody may.
    """

    partners = models.CharField(max_length=8, choices=Who, default=Who.SHARED)
    customers = models.CharField(max_length=8, choices=Who, default=Who.SHARED)
    outsiders = models.CharField(max_length=8, choices=Who, default=Who.SHARED)

    def __str__(self) -> str:
        return f"{self.partners} · {self.customers} · {self.outsiders}"


def rules() -> Correspondence:
    """The rule of the house, which is the default until somebody changes it."""
    return Correspondence.objects.first() or Correspondence()


def correspondents(person: Any) -> PersonQuerySet:
    """The people with an account whom `person` may write to, among those they meet."""
    if not person.is_authenticated or not person.is_active or person.left_at:
        return Person.objects.none()
    kept = rules()
    if person.side == Side.COMPANY:
        allowed = Q(side=Side.COMPANY)
        allowed |= _across(kept.partners, Q(side=Side.PARTNER), person)
        allowed |= _across(kept.customers, Q(side=Side.CUSTOMER), person)
    else:
        own = kept.partners if person.side == Side.PARTNER else kept.customers
        allowed = _across(own, Q(side=Side.COMPANY), person)
        # Never all of them: people of different organisations are strangers unless a space brings them together.
        among = Who.NOBODY if kept.outsiders == Who.NOBODY else Who.SHARED
        allowed |= _across(among, ~Q(side=Side.COMPANY), person)
    able = Person.objects.with_account().filter(is_bot=False).exclude(pk=person.pk)
    met: PersonQuerySet = able.visible_to(person).filter(allowed)
    return met


def _across(rule: str, side: Q, person: Any) -> Q:
    if rule == Who.NOBODY:
        return Q(pk__in=())
    return side & sharing(person) if rule == Who.SHARED else side


def waits_for_a_space(person: Any) -> bool:
    """Whether somebody from outside who meets nobody yet could write to those with whom they will share a space."""
    kept = rules()
    own = {Side.PARTNER: kept.partners, Side.CUSTOMER: kept.customers}.get(person.side)
    return own is not None and {own, kept.outsiders} != {Who.NOBODY}


def apart(newcomers: Iterable[Person], others: Sequence[Person]) -> tuple[Person, Person] | None:
    """Two people who may not write to each other, one of the newcomers and another; None where all may."""
    newcomers = list(newcomers)
    everybody = {person.pk: person for person in (*others, *newcomers)}
    for person in newcomers:
        reached = set(correspondents(person).filter(pk__in=everybody).values_list("pk", flat=True))
        for pk, other in everybody.items():
            if pk != person.pk and pk not in reached and not correspondents(other).filter(pk=person.pk).exists():
                return person, other
    return None


def refusal(one: Person, other: Person, by: Any) -> str:
    """Why two people may not write to each other, as it is told to who would bring them together."""
    if by in (one, other):
        named = _("You may not write to %(name)s: the house decides who writes to whom, and has not allowed it.")
        return named % {"name": other.name if one == by else one.name}
    return _("%(one)s and %(other)s may not write to each other here, so they cannot take part together.") % {
        "one": one.name,
        "other": other.name,
    }
