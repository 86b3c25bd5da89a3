"""The hour at which a consultation closes, kept by an appointment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from palabre.items.models import Appointment

if TYPE_CHECKING:
    from palabre.consultations.models import Consultation

CLOSE = "consultation_close"


def expect(consultation: Consultation, due: datetime, by: Any) -> None:
    """It closes then, and at no other hour."""
    Appointment.objects.expect(consultation.pk, CLOSE, due, by)


def forget(consultation: Consultation) -> None:
    """It is closed already."""
    Appointment.objects.forget(consultation.pk, CLOSE)
