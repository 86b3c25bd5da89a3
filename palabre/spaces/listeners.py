"""Who is asked for access is told by mail, and so is who asked, once they are answered; where the house sends mail."""

from typing import Any

from django.conf import settings

from palabre.journal.listening import listens_to
from palabre.people import mail
from palabre.spaces.models import Request

TOLD = 20
"""Stewards who are told of a request, at most."""


@listens_to("access_asked")
def tell_stewards(event: Any) -> None:
    """Those who may answer now, which may be others than when it was asked."""
    waiting = Request.objects.waiting().filter(space=event.space, person=event.person, space__archived_at=None)
    asked = waiting.select_related("space", "person").first()
    if asked is None or not mail.is_sent():
        return
    for steward in asked.space.stewards().order_by("pk")[:TOLD]:
        mail.send(
            "spaces/mail/asked",
            steward.email,
            steward.language,
            asked=asked,
            link=f"{settings.ADDRESS}{asked.space.get_absolute_url()}requests/",
        )


@listens_to("access_granted")
def tell_who_was_granted(event: Any) -> None:
    _tell_who_asked(event)


@listens_to("access_refused")
def tell_who_was_refused(event: Any) -> None:
    _tell_who_asked(event)


def _tell_who_asked(event: Any) -> None:
    answered = Request.objects.filter(pk=event.particulars.get("request")).exclude(answered_at=None)
    asked = answered.select_related("space", "person").first()
    if asked is None or not asked.person.has_account or not mail.is_sent():
        return
    mail.send(
        "spaces/mail/answered",
        asked.person.email,
        asked.person.language,
        asked=asked,
        link=f"{settings.ADDRESS}{asked.space.get_absolute_url()}",
    )
