"""What a space is to people: who may read in it, who may write, what its members are."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may read what is said in a space, from the narrowest to the widest."""

    TEAM = "team", _("Team")
    COMPANY = "company", _("Whole house")
    PARTNERS = "partners", _("Partners")
    CUSTOMERS = "customers", _("Customers")
    PUBLIC = "public", _("Public")


class Writing(models.TextChoices):
    """Who may write in a space."""

    MEMBERS = "members", _("Contributors and stewards")
    READERS = "readers", _("Everyone who may read, once signed in")
    STEWARDS = "stewards", _("Stewards only")


class Role(models.TextChoices):
    """What a member is to a space."""

    READER = "reader", _("Reader")
    CONTRIBUTOR = "contributor", _("Contributor")
    STEWARD = "steward", _("Steward")


RANK: dict[str, int] = {Role.READER: 0, Role.CONTRIBUTOR: 1, Role.STEWARD: 2}
AMONG = _("Participants only")  # who reads in a nameless space
OUTSIDE = frozenset({Audience.PARTNERS, Audience.CUSTOMERS, Audience.PUBLIC})


def told(audience: str) -> str:
    """An audience in the reader's language; `AMONG` where that is empty. Rows of lists ask for each space."""
    return _told(audience, get_language())


@lru_cache(maxsize=100)
def _told(audience: str, _language: str | None) -> str:
    return str(Audience(audience).label if audience else AMONG)


def standing(person: Any) -> str | None:
    """From which side `person` reads; None for a stranger, and for who has left."""
    present = person.is_authenticated and person.is_active and not person.left_at
    return str(person.side) if present else None


def who(person: Any) -> dict[str, int]:
    """The keys by which a person reads, 0 for none: `{"person": …, "organisation": …}`."""
    return {"person": person.pk or 0, "organisation": getattr(person, "organisation_id", None) or 0}
