"""The words behind the end of an objective: what came of it."""

from palabre.items.models import address
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, Row, Rows, quotes
from palabre.objectives.models import Objective

OBJECTIVES = Rows("item", lambda: Objective.objects.exclude(outcome=""), {"title": "item__title", "outcome": "outcome"})


@quotes("objective_ended", rows=OBJECTIVES)
def of_end(_event: Event, objective: Row) -> Quote:
    """As it reads now."""
    return Quote(objective["outcome"], address("objective", objective["pk"], objective["title"]))
