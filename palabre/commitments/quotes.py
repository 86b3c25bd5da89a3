"""The words behind what happens to a commitment: what came of it, why it takes longer."""

from collections.abc import Mapping, Sequence

from palabre.commitments.models import Turn
from palabre.items.models import address
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, quotes

LONGEST = 280  # characters in a list


@quotes("commitment_kept", "commitment_broken", "commitment_dropped", "commitment_opened_again", "commitment_postponed")
def of_turns(events: Sequence[Event]) -> Mapping[int, Quote]:
    """As they were written then."""
    numbers = {event.pk: event.particulars.get("turn") for event in events}
    rows = Turn.objects.filter(pk__in=[key for key in numbers.values() if key]).exclude(words="")
    told = rows.values_list("pk", "words", "commitment", "commitment__item__title")
    found = {
        pk: Quote(_short(words), f"{address('commitment', item, title)}#result") for pk, words, item, title in told
    }
    return {event: found[key] for event, key in numbers.items() if key in found}


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
