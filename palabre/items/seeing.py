"""What one may read, as a part of statements that other rooms write out: their `{visible}`."""

from functools import cache
from typing import Any

from palabre.items.models import Item, asking
from palabre.kit.queries import embedded
from palabre.people.models import OPERATOR


def visible(person: Any) -> tuple[str, dict[str, Any]]:
    """The statement that selects the keys of what `person` may read, and the values of its placeholders.

    It is `visible_to`, composed once for all readers.
    """
    statement, values = _statement(everything=person is OPERATOR)
    return statement, values if person is OPERATOR else values | asking(person)


def visible_to_asker() -> tuple[str, dict[str, Any]]:
    """The same for a statement composed once: whoever asks gives it the values of `asking`."""
    return _statement(everything=False)


@cache
def _statement(everything: bool) -> tuple[str, dict[str, Any]]:
    seen = Item.objects.visible_to(OPERATOR) if everything else Item.objects.visible_to_asker()
    return embedded(seen.order_by().values("pk"), "state")
