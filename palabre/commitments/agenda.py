"""The two mornings of a commitment, kept by appointments: shortly before its day, and when its day is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone, make_aware

from palabre.items.models import Appointment
from palabre.kit.clock import now

SOON, OVER = "commitment_soon", "commitment_over"
BEFORE = timedelta(days=2)
AFTER = timedelta(days=1)


def expect(pk: int, day: date, by: Any) -> None:
    """It is reminded of around that day and around no other; what lies behind is not made up for."""
    for verb, due in ((SOON, morning_of(day - BEFORE)), (OVER, morning_of(day + AFTER))):
        if due <= now():
            _of(pk, verb).update(kept_at=now(), outcome="cancelled")
        else:
            Appointment.objects.update_or_create(item_id=pk, verb=verb, kept_at=None, defaults={"due": due, "by": by})


def forget(pk: int) -> None:
    """What is settled reminds nobody."""
    _of(pk, SOON, OVER).update(kept_at=now(), outcome="cancelled")


def morning_of(day: date) -> datetime:
    """Eight o'clock of that day, where the house is."""
    return make_aware(datetime.combine(day, time(8)), get_default_timezone())


def _of(pk: int, *verbs: str) -> Any:
    return Appointment.objects.filter(item=pk, verb__in=verbs, kept_at=None)
