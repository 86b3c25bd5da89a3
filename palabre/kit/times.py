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


class Watch:
    """The time as the reader of now has it: zone, language and day, asked once for all the moments of a list."""

    def __init__(self) -> None:
        self.zone, self.language = timezone.get_current_timezone(), get_language()
        self.today = now().astimezone(self.zone).date()

    def day_of(self, at: datetime) -> date:
        """The day it was where the reader is."""
        return at.astimezone(self.zone).date()

    def hour(self, at: datetime) -> str:
        """8:42, as the language writes it."""
        local = at.astimezone(self.zone)
        return _hour(local.hour, local.minute, self.language)

    def day_and_month(self, at: date | datetime) -> str:
        """14 April; with the year when it is not this one. Of a moment, the day it was where the reader is."""
        day = self.day_of(at) if isinstance(at, datetime) else at
        return _day_and_month(day, day.year == self.today.year, self.language)

    def in_words(self, at: datetime) -> str:
        """An hour for today, "yesterday at" for yesterday, else a day."""
        day = self.day_of(at)
        if day == self.today:
            return self.hour(at)
        if day == self.today - timedelta(days=1):
            return _("yesterday at %(hour)s") % {"hour": self.hour(at)}
        return self.day_and_month(day)

    def in_full(self, at: datetime) -> str:
        """Day and hour, for whoever needs to know exactly."""
        return _in_full(_day_in_full(self.day_of(at), self.language), self.hour(at), self.language)

    def moment(self, at: datetime) -> SafeString:
        """A `time` element in words, exact in its title."""
        exactly, said = escape(self.in_full(at)), escape(self.in_words(at))
        return mark_safe(f'<time datetime="{at.isoformat()}" title="{exactly}">{said}</time>')  # noqa: S308

    def time_of_day(self, at: datetime) -> SafeString:
        """A `time` element with the hour only: the day stands above."""
        return mark_safe(f'<time datetime="{at.isoformat()}">{escape(self.hour(at))}</time>')  # noqa: S308


def hour(at: datetime) -> str:
    """8:42, as the language writes it."""
    return Watch().hour(at)


def day_and_month(at: date | datetime) -> str:
    """14 April; with the year when it is not this one. Of a moment, the day it was where the reader is."""
    return Watch().day_and_month(at)


def day_and_year(day: date) -> str:
    """14 April 2026, whichever year it is now: for days that stand in a list and are compared."""
    return _day_and_month(day, False, get_language())


def in_words(at: datetime) -> str:
    """An hour for today, "yesterday at" for yesterday, else a day."""
    return Watch().in_words(at)


def in_full(at: datetime) -> str:
    """Day and hour, for whoever needs to know exactly."""
    return Watch().in_full(at)


def moment(at: datetime) -> SafeString:
    """A `time` element in words, exact in its title."""
    return Watch().moment(at)


def time_of_day(at: datetime) -> SafeString:
    """A `time` element with the hour only: the day stands above."""
    return Watch().time_of_day(at)


def heading(day: date) -> str:
    """The heading of a day in a feed."""
    watch = Watch()
    return _heading(day, watch.today, watch.language)


@lru_cache(maxsize=4096)
def _hour(hour: int, minute: int, _language: str | None) -> str:
    return pgettext("an hour", "%(hour)d:%(minute)02d") % {"hour": hour, "minute": minute}


@lru_cache(maxsize=2048)
def _day_and_month(day: date, this_year: bool, _language: str | None) -> str:
    form = pgettext("format of a day", "j F") if this_year else pgettext("format of a day and year", "j F Y")
    return _dated(day, form)


@lru_cache(maxsize=2048)
def _heading(day: date, today: date, _language: str | None) -> str:
    date_in_words = _dated(day, pgettext("format of a weekday", "l j F"))
    if day == today:
        return _("Today, %(date)s") % {"date": date_in_words}
    if day == today - timedelta(days=1):
        return _("Yesterday, %(date)s") % {"date": date_in_words}
    if day.year != today.year:
        date_in_words = _dated(day, pgettext("format of a weekday and year", "l j F Y"))
    return date_in_words[:1].upper() + date_in_words[1:]


@lru_cache(maxsize=2048)
def _day_in_full(day: date, _language: str | None) -> str:
    return _dated(day, pgettext("format of a weekday and year", "l j F Y"))


@lru_cache(maxsize=4096)
def _in_full(day: str, hour: str, _language: str | None) -> str:
    return _("%(day)s at %(hour)s") % {"day": day, "hour": hour}


def _dated(day: date, form: str) -> str:
    """A day as this format writes it; some languages call the first of a month otherwise."""
    if day.day == 1:
        form = form.replace("j", pgettext("the first of a month, in a format", "j"))
    return date_format(day, form)
