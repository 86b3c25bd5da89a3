"""The hours of a vote, kept by appointments: when it opens, when it closes, when it is looked at again."""

from datetime import date, datetime, timedelta
from typing import Any

from palabre.items.models import Appointment
from palabre.kit import days
from palabre.kit.clock import now

OPEN, CLOSE, REMIND, REVIEW = "decision_open", "decision_close", "decision_remind", "decision_review"
EVE = timedelta(days=1)


def expect(decision: int, verb: str, due: datetime | None, by: Any) -> None:
    """It is to happen then and at no other hour; None: it is not to happen."""
    if due is None:
        Appointment.objects.forget(decision, verb)
    else:
        Appointment.objects.expect(decision, verb, due, by)


def forget(decision: int) -> None:
    """A vote that is over neither closes nor reminds anybody."""
    Appointment.objects.forget(decision, CLOSE, REMIND)


def eve_of(closes_at: datetime | None) -> datetime | None:
    """A day before a vote closes, if that is still to come."""
    eve = closes_at - EVE if closes_at else None
    return eve if eve and eve > now() else None


def morning_of(day: date | None) -> datetime | None:
    """Eight o'clock of that day; None without a day."""
    return days.morning_of(day) if day else None
