"""Which place somebody has in a consultation: by their account, by a link of invitation, or by the device they hold."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from palabre.consultations.models import Consultation, Seat, fingerprint
from palabre.kit import given

COOKIE, A_YEAR = "consulted", 365 * 24 * 3600


@dataclass
class Taker:
    """Who answers: `seat` is None before they begin; `by`: the link they came with; `device`: what is kept of it."""

    person: Any
    seat: Seat | None
    by: str = ""
    device: str = ""
    token: str = ""

    @property
    def is_invited(self) -> bool:
        return self.seat is not None and self.seat.asked

    @property
    def is_done(self) -> bool:
        return self.seat is not None and self.seat.done

    @property
    def side(self) -> str:
        return str(self.person.side) if self.person else "public"

    def keep(self, response: HttpResponse, *, secure: bool) -> HttpResponse:
        """The device remembers its place."""
        if self.token:
            response.set_cookie(COOKIE, self.token, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)
        return response


def taker(request: HttpRequest, consultation: Consultation) -> Taker:
    """Whoever asks."""
    seats = Seat.objects.filter(consultation=consultation).select_related("response", "person")
    by = given.text(request.POST, "by", 60) or given.text(request.GET, "by", 60)
    if by and (seat := seats.filter(device=fingerprint(consultation.pk, by), asked=True).first()):
        return Taker(seat.person, seat, by=by, device=seat.device or "")
    if request.user.is_authenticated:
        return Taker(request.user, seats.filter(person=request.user.pk).first())
    token = request.COOKIES.get(COOKIE, "")[:60] or secrets.token_urlsafe(24)
    device = fingerprint(consultation.pk, token)
    return Taker(None, seats.filter(device=device).first(), device=device, token=token)
