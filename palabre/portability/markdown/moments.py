"""Moments as people and their tools write them, where they can mean one only: 02/01/2024 can mean two."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from palabre.items.names import fold

EARLIEST, LATEST = 1900, 2999  # years
LONGEST = 80

_MONTHS = (
    "january janvier", "february fevrier", "march mars", "april avril", "may mai", "june juin", "july juillet",
    "august aout", "september septembre sept", "october octobre", "november novembre", "december decembre",
)  # fmt: skip
_MONTH = {
    short: number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names.split()
    for short in (name, name[:3], name[:4])
    if short != "jui"  # June and July are both called so
}
_DAY = re.compile(
    r"""(?<!\d)(?:
        (?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?(?!\d)
      | (?P<one>\d{1,2})(?P<between>[-/.])(?P<other>\d{1,2})(?P=between)(?P<after>\d{4})(?!\d)
      | (?P<first>\d{1,2})(?:st|nd|rd|th|er|\.)?[\ -](?:of\ )?(?P<called>[a-z]{3,9})\.?,?[\ -](?P<then>\d{4})(?!\d)
      | (?P<named>[a-z]{3,9})\.?\ (?P<nth>\d{1,2})(?:st|nd|rd|th)?,?\ (?:[\d:]+\ )?(?P<since>\d{4})(?!\d)
    )""",
    re.VERBOSE,
)
_HOUR = re.compile(r"(?<![\d:.+-])(\d{1,2})(?::|h)(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap]\.?m)?")
_ZONE = re.compile(r"([+-])(\d\d):?(\d\d)?\s*(?:\(.*\))?\Z")
_PLAIN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[t_-]?(\d\d)(\d\d)(\d\d)?z?)?\Z")
_COUNTED = re.compile(r"\d{9,10}(?:\d{3})?\Z")  # seconds or milliseconds since 1970


def moment(value: Any) -> datetime | None:
    """The moment that a value of a front matter means, None when it means none, or could mean two. What names no hour
    is the beginning of its day, month or year; what names no zone is in UTC."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str | int):
        value = _told(str(value).strip())
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime) or not EARLIEST <= value.year <= LATEST:
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _told(words: str) -> datetime | None:
    if len(words) > LONGEST:
        return None
    try:
        return _numbered(words) or datetime.fromisoformat(words)
    except (ValueError, OverflowError):
        pass
    said = fold(words)
    try:
        days = set(_days(said))
        hour = _hour(said)
    except ValueError:
        return None
    return datetime.combine(days.pop(), hour) if len(days) == 1 else None


def _numbered(words: str) -> datetime | None:
    """A moment told by digits alone; of four, a year."""
    if len(words) == 4 and words.isdecimal():
        return datetime(int(words), 1, 1, tzinfo=UTC)
    if found := _PLAIN.match(words.lower()):
        try:
            return datetime(*(int(part) for part in found.groups() if part), tzinfo=UTC)  # type: ignore[misc, arg-type]
        except ValueError:
            if not words.isdecimal():
                raise
    if _COUNTED.match(words):
        return datetime.fromtimestamp(int(words) / (1000 if len(words) > 10 else 1), UTC)
    return None


def _days(said: str) -> Iterator[date]:
    """Every day a text names; a pair of numbers that could be read both ways round is two."""
    for found in _DAY.finditer(said):
        if found["year"]:
            yield date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
        elif found["after"]:
            one, other, year = int(found["one"]), int(found["other"]), int(found["after"])
            if other <= 12:
                yield date(year, other, one)
            if one <= 12 and found["between"] != ".":  # who writes dots begins with the day
                yield date(year, one, other)
        elif month := _MONTH.get(found["called"] or found["named"]):
            yield date(int(found["then"] or found["since"]), month, int(found["first"] or found["nth"]))


def _hour(said: str) -> time:
    """The hour a text names, with its zone as far as it is one that is told by numbers; midnight when it names none."""
    found = _HOUR.search(said)
    if not found:
        return time()
    hour, minute, second, half = found.groups()
    number = int(hour) % 12 + (12 if half[0] == "p" else 0) if half else int(hour)
    zone = _ZONE.search(said, found.end())
    away = timedelta(hours=int(zone[2]), minutes=int(zone[3] or 0)) if zone else timedelta()
    return time(number, int(minute), int(second or 0), tzinfo=timezone(-away if zone and zone[1] == "-" else away))
