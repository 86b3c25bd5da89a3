"""The two mornings of a commitment, kept by appointments: shortly before its day, and when its day is over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from palabre.items.models import Appointment
from palabre.kit.clock import now
from palabre.kit.days import morning_of

SOON, OVER = "commitment_soon", "commitment_over"
BEFORE = timedelta(days=2)
AFTER = timedelta(days=1)


def expect(pk: int, day: date, by: Any) -> None:
    """It is reminded of around that day and around no other; what lies behind is not made up for."""
    for verb, due in ((SOON, morning_of(day - BEFORE)), (OVER, morning_of(day + AFTER))):
        if due <= now():
            Appointment.objects.forget(pk, verb)
        else:
            Appointment.objects.expect(pk, verb, due, by)


def forget(pk: int) -> None:
    """What is settled reminds nobody."""
    Appointment.objects.forget(pk, SOON, OVER)
