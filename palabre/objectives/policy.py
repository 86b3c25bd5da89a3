"""What one may do with objectives beside what one may do with any item."""

from typing import Any

from palabre.items.models import State
from palabre.kit.policy import may, rule
from palabre.objectives.models import Objective


@rule("objective.steer")
def may_steer(person: Any, facet: Objective) -> bool:
    """Say what is to be reached, how far it is, and what came of it: who answers for it, its author and stewards."""
    item = facet.item
    if item.state != State.PUBLISHED or item.space.archived_at or not facet.is_open:
        return False
    return bool(person.is_authenticated and item.owner_id == person.pk) or may(person, "item.shape", item)
