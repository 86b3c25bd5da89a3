"""The hours of a vote, kept by appointments: when it opens, when it closes, when it is looked at again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from palabre.items.models import Appointment
from palabre.kit import days
from palabre.kit.clock import now

if TYPE_CHECKING:
    from palabre.decisions.models import Decision

OPEN, CLOSE, REMIND, REVIEW = "decision_open", "decision_close", "decision_remind", "decision_review"
EVE = timedelta(days=1)


def expect(decision: Decision, verb: str, due: datetime | None, by: Any) -> None:
    """It is to happen then and at no other hour; None: it is not to happen."""
    if due is None:
        Appointment.objects.forget(decision.pk, verb)
    else:
        Appointment.objects.expect(decision.pk, verb, due, by)


def forget(decision: Decision) -> None:
    """A vote that is over neither closes nor reminds anybody."""
    Appointment.objects.forget(decision.pk, CLOSE, REMIND)


def eve_of(decision: Decision) -> datetime | None:
    """A day before it closes, if that is still to come."""
    eve = decision.closes_at - EVE if decision.closes_at else None
    return eve if eve and eve > now() else None


def morning_of(day: date | None) -> datetime | None:
    """Eight o'clock of that day; None without a day."""
    return days.morning_of(day) if day else None
