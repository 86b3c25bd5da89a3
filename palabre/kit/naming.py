"""Names of which there may be one only: the first that is free, also when two people take it at the same moment."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import TypeVar

from django.db import IntegrityError, transaction

Made = TypeVar("Made")


def numbered(base: str) -> Iterator[str]:
    """`base`, `base-2`, `base-3` …"""
    return (base if number == 1 else f"{base}-{number}" for number in count(1))


def name_freely(base: str, is_free: Callable[[str], bool], make: Callable[[str], Made]) -> Made:
    """Makes something under the first free name; the next one, when somebody else was given that name meanwhile."""
    for name in numbered(base):
        if not is_free(name):
            continue
        try:
            with transaction.atomic():
                return make(name)
        except IntegrityError:
            if is_free(name):  # then it was not for the name
                raise
    raise AssertionError("numbers end")
