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
    value = str(values.get(name) or "")
    return int(value) if value.isdecimal() and len(value) <= DIGITS else None


def numbers(values: Iterable[str]) -> list[int]:
    """The whole numbers among these words, in their order."""
    return [int(value) for value in values if value.isdecimal() and len(value) <= DIGITS]
