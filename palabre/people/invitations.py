"""Invitations: the links by which one enters, and the one that makes the first administrator.

Only the hash of a link's key is kept: whoever reads the database cannot enter with it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from palabre.kit.clock import now
from palabre.people import mail
from palabre.people.models import OPERATOR, Invitation, Person, Side

DAYS = 14
A_DAY = 50
"""Invitations one person may send in a day: enough for a team, too few for a nuisance."""
HELD = "invitation"


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def invite(by: Any, address: str, *, days: int = DAYS, **fields: Any) -> tuple[Invitation, str]:
    """An invitation and its link, which nobody can be told again; an earlier open one to the same address ends."""
    key = secrets.token_urlsafe(32)
    with transaction.atomic():
        invitation = Invitation.objects.make(
            by, address=address, digest=digest(key), expires_at=now() + timedelta(days=days), **fields
        )
    return invitation, link(key)


def link(key: str) -> str:
    return settings.ADDRESS + reverse("people:invitation", args=[key])


def deliver(invitation: Invitation, address_of_link: str) -> bool:
    """Sends the link on its way where the house sends mail; False leaves it to the inviter to pass on."""
    if not mail.is_sent():
        return False
    language = invitation.language or translation.get_language()
    mail.send("people/mail/invitation", invitation.address, language, invitation=invitation, link=address_of_link)
    return True


def too_many(by: Any) -> bool:
    """Whether somebody has sent as many invitations as one may in a day."""
    if by is OPERATOR:
        return False
    return Invitation.objects.filter(by=by.pk, made_at__gt=now() - timedelta(days=1)).count() >= A_DAY


def find(key: str) -> Invitation | None:
    """The open invitation that a link names, while it can still be given."""
    return _of(digest(key))


def hold(request: HttpRequest, invitation: Invitation) -> None:
    """Keeps with this browser that it opened the link, for a sign-in that leads elsewhere and back.

    The session is a row of the database too: it holds the digest, by which nobody enters.
    """
    request.session[HELD] = invitation.digest


def held(request: HttpRequest) -> Invitation | None:
    """The open invitation whose link this browser has opened."""
    kept = request.session.get(HELD)
    return _of(kept) if kept else None


def let_go(request: HttpRequest) -> None:
    """It was accepted."""
    request.session.pop(HELD, None)


def _of(digest: str) -> Invitation | None:
    known = Invitation.objects.open().select_related("by__organisation", "organisation", "person")
    invitation = known.filter(digest=digest).first()
    return invitation if invitation and invitation.is_still_given else None


def first_administrator_link() -> str | None:
    """A one-time link by which the first administrator enters; None as soon as there is an administrator."""
    if Person.objects.administrators().exists():
        return None
    _, address = invite(OPERATOR, "", as_administrator=True, side=Side.COMPANY, days=2)
    return address
