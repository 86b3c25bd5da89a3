"""The two hours of a campaign, kept by appointments: the morning on which it opens, and the end of its last day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import get_default_timezone, localdate

from palabre.items.models import Appointment
from palabre.kit.clock import now
from palabre.kit.days import end_of, morning_of

OPEN, END = "campaign_open", "campaign_end"


def expect(pk: int, opens_on: date, closes_on: date, by: Any) -> None:
    """It opens and ends at these hours and at no others; what lies behind is not made up for."""
    for verb, due in ((OPEN, morning_of(opens_on)), (END, end_of(closes_on))):
        if due <= now():
            Appointment.objects.forget(pk, verb)
        else:
            Appointment.objects.expect(pk, verb, due, by)


def today() -> date:
    """Where the house is: its campaigns begin and end at one moment for everybody."""
    return day_of(now())


def day_of(at: datetime) -> date:
    """The day that it was where the house is."""
    return localdate(at, get_default_timezone())


def forget(pk: int) -> None:
    """What has ended neither opens nor ends."""
    Appointment.objects.forget(pk, OPEN, END)
