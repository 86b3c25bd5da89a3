"""The one place that reads the clock, so that the reader of the code knows where time enters."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()
