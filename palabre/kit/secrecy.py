"""What the log must not say: addresses that open something to whoever reads them there."""

import logging
import re

_PRIVATE = re.compile(r"(/private/)[^/.?\s]+")


class Secretive(logging.Filter):
    """Leaves the token out of private addresses (`/feeds/private/….atom`)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _without(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without(each) for each in record.args)
        return True


def _without(said: object) -> object:
    return _PRIVATE.sub(r"\1…", said) if isinstance(said, str) else said
