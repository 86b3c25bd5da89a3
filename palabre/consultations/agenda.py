"""The hour at which a consultation closes, kept by an appointment of its item."""

from datetime import datetime
from typing import Any

from palabre.items.models import Appointment

CLOSE = "consultation_close"


def expect(consultation: int, due: datetime, by: Any) -> None:
    """It closes then, and at no other hour."""
    Appointment.objects.expect(consultation, CLOSE, due, by)


def forget(consultation: int) -> None:
    """It is closed already."""
    Appointment.objects.forget(consultation, CLOSE)
