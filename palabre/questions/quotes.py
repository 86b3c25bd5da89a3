"""The words behind what happens to a question: its answers."""

from collections.abc import Mapping, Sequence

from palabre.items.quoting import of_parts
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, quotes


@quotes("question_answered", "answer_accepted")
def of_answers(events: Sequence[Event]) -> Mapping[int, Quote]:
    """What was answered."""
    return of_parts(events, "answer")
