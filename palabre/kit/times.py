"""Dates and hours in the reader's way: their language, their time zone, no more precision than they need."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from html import escape

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from palabre.kit.clock import now


def hour(at: datetime) -> str:
    """8:42, as the language writes it."""
    local = timezone.localtime(at)
    return _hour(local.hour, local.minute, get_language())


@lru_cache(maxsize=4096)
def _hour(hour: int, minute: int, _language: str | None) -> str:
    return pgettext("an hour", "%(hour)d:%(minute)02d") % {"hour": hour, "minute": minute}


def day_and_month(at: date | datetime) -> str:
    """14 April; with the year when it is not this one. Of a moment, the day it was where the reader is."""
    day = timezone.localtime(at).date() if isinstance(at, datetime) else at
    return _day_and_month(day, day.year == timezone.localtime(now()).year, get_language())


@lru_cache(maxsize=2048)
def _day_and_month(day: date, this_year: bool, _language: str | None) -> str:
    form = pgettext("format of a day", "j F") if this_year else pgettext("format of a day and year", "j F Y")
    return date_format(day, form)


def in_words(at: datetime) -> str:
    """An hour for today, "yesterday at" for yesterday, else a day."""
    local = timezone.localtime(at)
    today = timezone.localtime(now()).date()
    if local.date() == today:
        return hour(at)
    if local.date() == today - timedelta(days=1):
        return _("yesterday at %(hour)s") % {"hour": hour(at)}
    return day_and_month(local.date())


def heading(day: date) -> str:
    """The heading of a day in a feed."""
    today = timezone.localtime(now()).date()
    date_in_words = date_format(day, pgettext("format of a weekday", "l j F"))
    if day == today:
        return _("Today, %(date)s") % {"date": date_in_words}
    if day == today - timedelta(days=1):
        return _("Yesterday, %(date)s") % {"date": date_in_words}
    if day.year != today.year:
        date_in_words = date_format(day, pgettext("format of a weekday and year", "l j F Y"))
    return date_in_words[:1].upper() + date_in_words[1:]


def in_full(at: datetime) -> str:
    """Day and hour, for whoever needs to know exactly."""
    day = _day_in_full(timezone.localtime(at).date(), get_language())
    return _("%(day)s at %(hour)s") % {"day": day, "hour": hour(at)}


@lru_cache(maxsize=2048)
def _day_in_full(day: date, _language: str | None) -> str:
    return date_format(day, pgettext("format of a weekday and year", "l j F Y"))


def moment(at: datetime) -> SafeString:
    """A `time` element in words, exact in its title."""
    exactly, said = escape(in_full(at)), escape(in_words(at))
    return mark_safe(f'<time datetime="{at.isoformat()}" title="{exactly}">{said}</time>')  # noqa: S308


def time_of_day(at: datetime) -> SafeString:
    """A `time` element with the hour only: the day stands above. Feeds draw fifty: it is kept cheap."""
    return mark_safe(f'<time datetime="{at.isoformat()}">{escape(hour(at))}</time>')  # noqa: S308
