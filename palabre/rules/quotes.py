"""The words behind what happens to a rule: the answer to a challenge."""

from collections.abc import Mapping, Sequence

from palabre.items.models import address
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, quotes
from palabre.rules.models import Challenge

LONGEST = 280  # characters in a list


@quotes("rule_challenge_settled")
def of_answers(events: Sequence[Event]) -> Mapping[int, Quote]:
    """What was answered, where somebody wrote an answer."""
    numbers = {event.pk: event.particulars.get("challenge") for event in events}
    rows = Challenge.objects.filter(pk__in=[key for key in numbers.values() if key]).exclude(words="")
    said = {each.pk: each for each in rows.select_related("rule__item").defer("rule__item__body", "rule__item__html")}
    found = {}
    for event, key in numbers.items():
        if key in said:
            words, item = said[key].words, said[key].rule.item
            short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
            found[event] = Quote(short, f"{address('rule', item.pk, item.title)}#challenge-{key}")
    return found
