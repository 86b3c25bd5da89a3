"""What one may do with offers beside what one may do with any item."""

from typing import Any

from palabre.items.models import Item, State
from palabre.kit.policy import may, rule
from palabre.offers.models import Offer


@rule("offer.steer")
def may_steer(person: Any, offer: Offer) -> bool:
    """Say whether one can have it: who answers for it, its author and stewards, while it is current."""
    item = offer.item
    if item.state != State.PUBLISHED or item.space.archived_at:
        return False
    return bool(person.is_authenticated and item.owner_id == person.pk) or may(person, "item.shape", item)


@rule("offer.name")
def may_name(person: Any, item: Item) -> bool:
    """Say which offers an item is about: who may write it. An offer is about none."""
    return item.kind != "offer" and may(person, "item.tag", item)
