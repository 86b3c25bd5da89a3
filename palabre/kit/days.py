"""Days: the hours at which they begin and end for the house, and the fields in which a browser lets them be typed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.utils.timezone import get_default_timezone, localtime, make_aware

DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%dT%H:%M"


def morning_of(day: date) -> datetime:
    """Eight o'clock of that day, where the house is."""
    return make_aware(datetime.combine(day, time(8)), get_default_timezone())


def end_of(day: date, zone: tzinfo | None = None) -> datetime:
    """The midnight with which that day ends in `zone`; without one, where the house is."""
    return make_aware(datetime.combine(day + timedelta(days=1), time()), zone or get_default_timezone())


def day_field(**more: Any) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(widget=day_input(), **more)


def day_input() -> forms.DateInput:
    """Where a day is typed, or picked."""
    return forms.DateInput(attrs={"type": "date"}, format=DAY)


def moment_field(**more: Any) -> forms.DateTimeField:
    """A field for a day and an hour, in the time zone of whoever types."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], **more)


def typed(moment: datetime) -> str:
    """A moment as such a field holds it."""
    return localtime(moment).strftime(MOMENT)
