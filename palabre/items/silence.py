"""What somebody wants to hear nothing of. It is said in a room above, and asked where numbers and lists of kinds are
made: what is muted counts as nothing new.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

Rows = Callable[[Any], QuerySet[Any, Any]]

_said: list[Rows] = []


def says(rows: Rows) -> Rows:
    """`@says` on what gives, for a person or the slot of one, rows whose `item` they have muted."""
    _said[:] = [rows]
    return rows


def of(person: Any, item: str = "pk") -> Exists:
    """Whether `person` has muted the item of a row, which stands in its field `item`."""
    [rows] = _said
    return Exists(rows(person).filter(item=OuterRef(item)))
