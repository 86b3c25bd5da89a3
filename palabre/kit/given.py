"""What an address or a form says, as far as it can be meant: anybody may send anything.

The database holds no NUL, and a number that fits into no column names nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

LONGEST = 200
DIGITS = 18


def text(values: Mapping[str, Any], name: str, longest: int = LONGEST) -> str:
    """The words called `name`, trimmed; "" when there are none."""
    return whole(values, name).strip()[:longest]


def whole(values: Mapping[str, Any], name: str) -> str:
    """All that was written under `name`, as it was typed."""
    return str(values.get(name) or "").replace("\x00", "")


def number(values: Mapping[str, Any], name: str) -> int | None:
    """The whole number called `name`; None when it is none."""
    return key(str(values.get(name) or ""))


def numbers(values: Iterable[str]) -> list[int]:
    """The whole numbers among these words, in their order."""
    return [found for value in values if (found := key(value)) is not None]


def key(said: str) -> int | None:
    """The whole number, 0 or more, that a word is, as rows are numbered; None when it is none."""
    return int(said) if said.isdecimal() and len(said) <= DIGITS else None
