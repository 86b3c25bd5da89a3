"""The words behind what happens to an idea: the reason of a step, the official answer, what it brought."""

from collections.abc import Mapping, Sequence

from palabre.ideas.models import Idea, Step
from palabre.items.models import address
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, quotes

LONGEST = 280  # characters in a list


@quotes("idea_moved")
def of_steps(events: Sequence[Event]) -> Mapping[int, Quote]:
    """The stage it came to, and why."""
    numbers = {event.pk: event.particulars.get("step") for event in events}
    rows = Step.objects.filter(pk__in=[key for key in numbers.values() if key]).select_related("idea__item")
    steps = {step.pk: step for step in rows.defer("idea__item__body", "idea__item__html")}
    return {
        event: _quote(f"{steps[key]}: {steps[key].words}", steps[key].idea, "stages")
        for event, key in numbers.items()
        if key in steps
    }


@quotes("idea_answered", "effect_observed")
def of_answers(events: Sequence[Event]) -> Mapping[int, Quote]:
    """As it reads now."""
    rows = Idea.objects.filter(pk__in={event.item for event in events}).select_related("item")
    ideas = {idea.pk: idea for idea in rows.defer("item__body", "item__html")}
    found = {}
    for event in events:
        idea = ideas.get(event.item or 0)
        said = (idea.answer if event.verb == "idea_answered" else idea.observed) if idea else ""
        if idea and said:
            found[event.pk] = _quote(said, idea, "official")
    return found


def _quote(said: str, idea: Idea, place: str) -> Quote:
    short = said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}…"
    return Quote(short, f"{address('idea', idea.pk, idea.item.title)}#{place}")
