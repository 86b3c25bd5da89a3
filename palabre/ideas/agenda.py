"""The two hours of a campaign, kept by appointments: the morning on which it opens, and the end of its last day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone, localdate, make_aware

from palabre.items.models import Appointment
from palabre.kit.clock import now

OPEN, END = "campaign_open", "campaign_end"


def expect(pk: int, opens_on: date, closes_on: date, by: Any) -> None:
    """It opens and ends at these hours and at no others; what lies behind is not made up for."""
    for verb, due in ((OPEN, _at(opens_on, time(8))), (END, end_of(closes_on))):
        if due <= now():
            _of(pk, verb).update(kept_at=now(), outcome="cancelled")
        else:
            Appointment.objects.update_or_create(item_id=pk, verb=verb, kept_at=None, defaults={"due": due, "by": by})


def today() -> date:
    """Where the house is: its campaigns begin and end at one moment for everybody."""
    return localdate(timezone=get_default_timezone())


def forget(pk: int) -> None:
    """What has ended neither opens nor ends."""
    _of(pk, OPEN, END).update(kept_at=now(), outcome="cancelled")


def end_of(day: date) -> datetime:
    """The midnight with which that day ends, where the house is."""
    return _at(day + timedelta(days=1), time())


def _at(day: date, hour: time) -> datetime:
    return make_aware(datetime.combine(day, hour), get_default_timezone())


def _of(pk: int, *verbs: str) -> Any:
    return Appointment.objects.filter(item=pk, verb__in=verbs, kept_at=None)
