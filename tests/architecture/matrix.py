"""The permission matrix as a table: each address, what it is about, who is let in, and who may know that it exists.

An address that is missing in `rows.py` fails the tests: a new surface gets its row the same day. Who is let in is said
in `circles.py`, what stands in an address in `subjects.py`; the rights themselves are in `rights.py`, written by hand.
Rows read: `Row(about, let_in, method, knows)`; a person who knows but is not let in gets 403 (a stranger is asked to
sign in), everybody else gets 404.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Who = Callable[["Subject"], set[Any]]


@dataclass(frozen=True)
class Subject:
    """What an address is asked about: a space of the demo world, something `author` wrote there, and who is asking."""

    space: str
    author: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One address. `arguments` picks its arguments from the subject's values; `data` is what is posted."""

    about: str
    let_in: Who
    method: str = "GET"
    knows: Who | None = None
    arguments: dict[str, str] | None = None
    data: dict[str, Any] | None = None
    query: str = ""
