"""Another e-mail address: asked for with one's password, confirmed from its mailbox, told to the former one.

django-allauth keeps the address that waits, signs the link and swaps the two. What is ours: the link opens only to who
is signed in to that very account, so that neither a mailbox nor a browser alone takes an account away; and nobody
learns by asking whether somebody else has an address.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import email_verification
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from palabre.journal.recording import record
from palabre.people.models import Person


def waiting(person: Any) -> EmailAddress | None:
    """The address that they asked for and have not confirmed yet."""
    return EmailAddress.objects.get_new(person)


@transaction.atomic
def ask(request: HttpRequest, address: str) -> None:
    """Sends the link to `address`, and says to the present one that it was asked for.

    Asked for again, it is the same link, sent no more often than every three minutes. Whose it is already is told so
    there; the answer to who asks is the same.
    """
    person: Any = request.user
    if not EmailAddress.objects.filter(user=person, verified=True).exists():  # of who came with an export
        person.own_address()
    pending = waiting(person)
    if pending is None or pending.email != address:
        pending = EmailAddress.objects.add_new_email(request, person, address, send_verification=False)
        get_adapter().send_notification_mail(
            "account/email/email_asked", person, {"from_email": person.email, "to_email": address}, email=person.email
        )
    if not is_taken(address, person):
        email_verification.send_verification_email_to_address(request, pending)
    elif email_verification.consume_email_verification_rate_limit(request, address):
        get_adapter().send_account_already_exists_mail(address)


def is_taken(address: str, person: Any) -> bool:
    """Whether it is somebody else's, whatever the case; also of who has left, since they may come back."""
    return Person.objects.filter(email__iexact=address).exclude(pk=person.pk).exists()


def leave(person: Any) -> None:
    """Asks no more for another address: the link opens nothing."""
    EmailAddress.objects.filter(user=person, verified=False).delete()


def of_link(person: Any, key: str) -> EmailConfirmationHMAC | None:
    """What a link would confirm, for the person who asked for it; nothing for anybody else."""
    confirmation = EmailConfirmationHMAC.from_key(key)
    mine = confirmation is not None and confirmation.email_address.user_id == person.pk
    return confirmation if mine else None


def take(request: HttpRequest, confirmation: EmailConfirmationHMAC) -> bool:
    """The address is theirs, and the former one is told; False when somebody else has taken it meanwhile."""
    person: Any = request.user
    try:
        with transaction.atomic():
            if not confirmation.confirm(request):
                return False
            record("address_changed", person, person=person)
    except IntegrityError:  # the database decides, whoever comes first
        return False
    return True
