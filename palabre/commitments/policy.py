"""What one may do with commitments beside what one may do with any item."""

from typing import Any

from palabre.commitments.models import Commitment
from palabre.items.models import State
from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR


@rule("commitment.make")
def may_make(person: Any, _nothing: None = None) -> bool:
    """Commit somebody of the house: people of the house, where they may write."""
    return person is OPERATOR or bool(person.is_authenticated and person.is_inside)


@rule("commitment.settle")
def may_settle(person: Any, commitment: Commitment) -> bool:
    """Say what came of it, give it another day or other hands: who carries it, who wrote it, and stewards."""
    item = commitment.item
    if item.state != State.PUBLISHED or item.space.archived_at:
        return False
    carries = commitment.carrier_id is not None and commitment.carrier_id == person.pk
    return (carries and may(person, "item.comment", item)) or may(person, "item.shape", item)
