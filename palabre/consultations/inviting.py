"""Inviting by mail: who is written to, who is left in peace, and who is reminded, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Lower

from palabre.consultations import tasks
from palabre.consultations.letters import device_of
from palabre.consultations.models import (
    AGAIN,
    Consultation,
    Invitation,
    Seat,
    Settled,
    Silence,
    Stage,
    print_of,
)
from palabre.kit.clock import now
from palabre.people import attention
from palabre.people.models import Person

MOST = 500  # addresses at once


@dataclass(frozen=True)
class To:
    """Whom a letter is for: an address, the language they read, and their key if the house knows them."""

    address: str
    language: str
    person: int | None = None

    @property
    def print(self) -> str:
        return print_of(self.address)


@dataclass
class Sent:
    """What came of inviting: how many letters go out, how many people are left in peace, how many had one before."""

    written: int = 0
    spared: int = 0
    known: int = 0


def addresses(text: str) -> tuple[list[str], list[str]]:
    """The addresses in what somebody pasted, each once, and what reads as none."""
    good: dict[str, str] = {}
    bad = []
    for word in re.split(r"[\s,;]+", text.replace("\x00", "")):
        address = word.strip("<>()\"'")
        if "@" not in address or address.startswith("@"):
            continue  # a name before an address, as mail programs paste them, or that of somebody known here
        try:
            validate_email(address)
        except ValidationError:
            bad.append(address)
        else:
            good.setdefault(address.casefold(), address)
    return list(good.values()), bad


def recipients(pasted: Sequence[str], people: Iterable[Any], language: str) -> list[To]:
    """Whom letters are for: people chosen, and addresses, of which some are people's, written to in their language."""
    chosen = {person.pk: person for person in people if person.email}
    found = {person.email.casefold(): person for person in chosen.values()}
    wanted = [each.lower() for each in pasted]
    owners = Person.objects.alias(lower=Lower("email")).filter(lower__in=wanted, is_bot=False)
    found |= {str(person.email).casefold(): person for person in owners}
    to = {key: To(str(person.email), person.language or language, person.pk) for key, person in found.items()}
    for address in pasted:
        to.setdefault(address.casefold(), To(address, language))
    return list(to.values())


@transaction.atomic
def invite(consultation: Consultation, by: Any, to: Sequence[To]) -> Sent:
    """One link each, sent by the worker. People of the house's acquaintance are asked within what they let it ask in a
    month, all askers together; an address without an account as often as is usual, and never after it asked for
    silence. Nobody is invited twice. Raises Settled.
    """
    consultation.hold(Stage.OPEN)
    if consultation.is_map and not consultation.statements.exists():
        raise Settled
    sent = Sent()
    asked = consultation.seats.filter(person__in=[each.person for each in to if each.person])
    seated = {seat.person_id: seat for seat in asked}
    earlier = consultation.invitations.filter(print__in=[each.print for each in to])
    written = set(earlier.values_list("print", flat=True))
    fresh = [each for each in to if each.print not in written and not _has_answered(seated.get(each.person))]
    sent.known = len(to) - len(fresh)
    quiet = Silence.among([each.print for each in fresh])
    often = Invitation.objects.often([each.print for each in fresh if not each.person])
    open_ = [each for each in fresh if each.print not in quiet | often]
    people = [each.person for each in open_ if each.person]
    willing = set(attention.ask(people, f"consultation:{consultation.pk}"))
    chosen = [each for each in open_ if each.person is None or each.person in willing]
    sent.written, sent.spared = len(chosen), len(fresh) - len(chosen)
    for each in chosen:
        seat = seated.get(each.person) or Seat(consultation=consultation, person_id=each.person)
        seat.asked, seat.device = True, device_of(consultation.pk, each.print)
        seat.save()
        invitation = Invitation.objects.create(
            consultation=consultation, seat=seat, address=each.address, print=each.print, language=each.language
        )
        tasks.letter.defer(invitation=invitation.pk)
    if chosen:
        consultation.item.record("consultation_invited", by, number=len(chosen))
    return sent


def _has_answered(seat: Seat | None) -> bool:
    return seat is not None and seat.done


@transaction.atomic
def remind(consultation: Consultation, by: Any) -> int:
    """Writes once more, once, to those who have not answered what they got a day ago; how many. Raises Settled."""
    consultation.hold(Stage.OPEN)
    late = consultation.invitations.unanswered().filter(sent_at__lt=now() - AGAIN, refused="")
    keys = list(late.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=keys).update(reminded_at=now())
    for key in keys:
        tasks.letter.defer(invitation=key, reminder=True)
    if keys:
        consultation.item.record("consultation_invited", by, number=len(keys), reminder=True)
    return len(keys)


def counted(consultation: Consultation) -> dict[str, int]:
    """How it stands with the letters: how many were made, sent, bounced, reminded, and answered. Who answered is told
    to nobody."""
    found: dict[str, int] = consultation.invitations.aggregate(
        made=Count("pk"),
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        bounced=Count("pk", filter=~Q(refused="")),
        reminded=Count("pk", filter=Q(reminded_at__isnull=False)),
        answered=Count("pk", filter=Q(seat__done=True)),
        waiting=Count("pk", filter=Q(seat__done=False, reminded_at=None, refused="", sent_at__lt=now() - AGAIN)),
    )
    return found
