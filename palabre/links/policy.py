"""Who may say what of two items, beside who may tie them at all (`item.tag`, at either end)."""

from typing import Any

from palabre.items.models import Item
from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR
from palabre.spaces.policy import is_present


@rule("link.lead")
def may_lead(person: Any, source: Item) -> bool:
    """Say of something that it led to something else: who writes there, and people of the house who read it.

    It is said of the source, to those who wait for what becomes of it; a guest who only reads it may say that the two
    are related. What a few say to each other leads to things by their messages (`conversations.outcomes`).
    """
    if person is OPERATOR or may(person, "item.tag", source):
        return True
    reads = not source.kind_of.apart and may(person, "space.read", source.space)
    return reads and is_present(person) and bool(person.is_inside)
