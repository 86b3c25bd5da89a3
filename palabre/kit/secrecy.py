"""What the log must not say: addresses that open something to whoever reads them there, and what fills it in vain."""

import logging
import re

from django.core.exceptions import PermissionDenied

_PRIVATE = re.compile(r"(/(?:private|invitation|mail/stop|consultations/silence|account/address|reset/key)/)[^/.?\s]+")


class Secretive(logging.Filter):
    """Leaves the token out of private addresses (`/feeds/private/….atom`); who may not do something is one line.

    It stands at the handler: whichever logger says something, forged forms with their own among them, passes by here.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        refused = record.exc_info and isinstance(record.exc_info[1], PermissionDenied)
        if refused and record.name == "django.request":
            record.exc_info = None
        record.msg = _without(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without(each) for each in record.args)
        return True


def _without(said: object) -> object:
    return _PRIVATE.sub(r"\1…", said) if isinstance(said, str) else said
