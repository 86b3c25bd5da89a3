"""Days and hours as a browser lets them be typed: the fields of forms in every room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime

DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%dT%H:%M"


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
