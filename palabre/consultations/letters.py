"""Letters of invitation: to an address, in its reader's language, with a link that is good for one answer.

Plain text of at most 76 columns and HTML that says the same; one press, signed in or not, and this house writes no more
invitations there (RFC 8058). A letter is composed when it is sent, by what holds then; after a crash it may go out
twice under the same Message-ID, which mail programs show once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from palabre.consultations.models import Invitation, Silence, Stage, fingerprint
from palabre.consultations.questions import minutes, read
from palabre.items.models import State
from palabre.kit.clock import now
from palabre.people.mail import filled, refused_for_good


def token_of(invitation: Invitation) -> str:
    """The key of its link, which is kept nowhere."""
    return _sealed(f"invitation-{invitation.consultation_id}-{invitation.print}", 15)


def device_of(consultation: int, printed: str) -> str:
    """What the seat of an invitation keeps of its link."""
    return fingerprint(consultation, _sealed(f"invitation-{consultation}-{printed}", 15))


def stop_of(printed: str) -> str:
    """The last part of the address at which somebody stops such letters."""
    return f"{printed}-{_sealed(f'silence-{printed}', 10)}"


def stopped(said: str) -> str:
    """The print of the address that such a part names, "" for one that this house has not signed."""
    printed = said.partition("-")[0]
    return printed if len(printed) == 64 and hmac.compare_digest(stop_of(printed), said) else ""


def _sealed(text: str, size: int) -> str:
    key = hashlib.sha256(f"palabre.consultations.letters{settings.SECRET_KEY}".encode()).digest()
    return base64.b32encode(hmac.digest(key, text.encode(), "sha256")[:size]).decode().lower()


def is_due(invitation: Invitation, *, reminder: bool) -> bool:
    """Whether it is still to be sent: nobody answered, nothing closed, and nobody wants silence."""
    consultation = invitation.consultation
    current = consultation.stage == Stage.OPEN and consultation.item.state == State.PUBLISHED
    waits = not invitation.seat.done and (invitation.sent_at is None or reminder)
    return current and waits and bool(invitation.address) and not Silence.among([invitation.print])


def send(key: int, *, reminder: bool = False) -> None:
    """Hands one letter over, if it is due; an address at which nobody lives is noted. Raises OSError to try again."""
    among = Invitation.objects.select_related("seat__person", "consultation__item__space", "consultation__item__author")
    invitation = among.filter(pk=key).first()
    if invitation is None or not is_due(invitation, reminder=reminder):
        return
    with translation.override(invitation.language):
        letter = composed(invitation, reminder=reminder)
    try:
        letter.send()
    except OSError as error:
        if not (said := refused_for_good(error)):
            raise
        Invitation.objects.filter(pk=key).update(refused=said[:200])
    else:
        if not reminder:
            Invitation.objects.filter(pk=key).update(sent_at=now())


def composed(invitation: Invitation, *, reminder: bool = False) -> EmailMultiAlternatives:
    """The letter, in the language that is active."""
    consultation, item = invitation.consultation, invitation.consultation.item
    stop = f"{settings.ADDRESS}/consultations/silence/{stop_of(invitation.print)}/"
    known: dict[str, Any] = {
        "company": settings.COMPANY,
        "house": settings.ADDRESS,
        "language": translation.get_language(),
        "item": item,
        "consultation": consultation,
        "minutes": minutes(read(consultation.questions)),
        "link": f"{settings.ADDRESS}/consultations/{consultation.pk}/answer/?by={token_of(invitation)}",
        "stop": stop,
        "reminder": reminder,
        "person": invitation.seat.person,
    }
    host, ours = urlsplit(settings.ADDRESS).hostname or "localhost", parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    thread = f"<invitation-{invitation.pk}@{host}>"
    headers = {
        "Message-ID": f"<reminder-{invitation.pk}@{host}>" if reminder else thread,
        "From": formataddr((settings.COMPANY, ours)),
        "List-Id": f"{settings.COMPANY} <consultations.{host}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": str(translation.get_language()),
    } | ({"In-Reply-To": thread, "References": thread} if reminder else {})
    subject = _("Your opinion is still missing: %(title)s") if reminder else _("Your opinion is asked: %(title)s")
    letter = EmailMultiAlternatives(
        " ".join((subject % {"title": item.title}).split()),
        filled(render_to_string("consultations/letters/invitation.txt", known)),
        ours,
        [invitation.address],
        headers=headers,
    )
    letter.attach_alternative(render_to_string("consultations/letters/invitation.html", known), "text/html")
    return letter
