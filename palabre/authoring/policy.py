"""What one may do with the text of an item and with the trust in it."""

from datetime import timedelta
from typing import Any

from palabre.items.models import READABLE, Item, State
from palabre.kit.clock import now
from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR

TIME_TO_WITHDRAW = timedelta(hours=1)


@rule("item.withdraw")
def may_withdraw(person: Any, item: Item) -> bool:
    """Undo a publication: its author, within the hour, before others have built on it."""
    fresh = item.state == State.PUBLISHED and now() - item.published_at < TIME_TO_WITHDRAW
    return fresh and item.author_id == person.pk and may(person, "space.write", item.space)


@rule("item.unarchive")
def may_unarchive(person: Any, item: Item) -> bool:
    """Make it current again: who shapes it, unless others stand for it, which is undone where it was done."""
    gave_way = item.state == State.ARCHIVED and item.facet is not None and item.facet.gave_way
    return not gave_way and may(person, "item.shape", item)


@rule("item.verify")
def may_verify(person: Any, item: Item) -> bool:
    """Say that it still holds: its owner, and who may write there."""
    if item.state != State.PUBLISHED:
        return False
    return bool(person.is_authenticated and item.owner_id == person.pk) or may(person, "item.edit", item)


@rule("item.doubt")
def may_doubt(person: Any, item: Item) -> bool:
    """Report as out of date: anyone who may read, once signed in; what stands apart is no text that holds."""
    readable = item.state in READABLE and not item.kind_of.apart
    return person is not OPERATOR and bool(person.is_authenticated) and readable
