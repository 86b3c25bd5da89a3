"""Of whose words an item was made. A room above knows that, and others that show items say it in the query that brings
them: to who sees where it was said.
"""

from collections.abc import Callable
from typing import Any

from palabre.items.models import ItemQuerySet

Told = Callable[[ItemQuerySet], Any]

_told: list[Told] = []


def tells(told: Told) -> Told:
    """`@tells` on what gives, of an item of the outer query and of what its reader may see, an object with `comment`,
    its number, and `by`, `side`, `person`: who said it; null where there is none."""
    _told[:] = [told]
    return told


def of(visible: ItemQuerySet) -> Any:
    """The expression that brings it."""
    [told] = _told
    return told(visible)
