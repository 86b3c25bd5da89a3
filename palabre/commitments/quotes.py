"""The words behind what happens to a commitment: what came of it, why it takes longer."""

from palabre.commitments.models import Turn
from palabre.items.models import address
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, Row, Rows, quotes

TURNS = Rows(
    "turn",
    lambda: Turn.objects.exclude(words=""),
    {"words": "words", "commitment": "commitment", "title": "commitment__item__title"},
)


@quotes(
    "commitment_kept",
    "commitment_broken",
    "commitment_dropped",
    "commitment_opened_again",
    "commitment_postponed",
    rows=TURNS,
)
def of_turn(_event: Event, turn: Row) -> Quote:
    """As it was written then."""
    return Quote(turn["words"], f"{address('commitment', turn['commitment'], turn['title'])}#result")
