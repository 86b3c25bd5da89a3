"""The words behind what happens to an idea: the reason of a step or a split, the official answer, what it brought."""

from collections.abc import Mapping, Sequence

from palabre.ideas.models import Campaign, Idea, Step
from palabre.items.models import address
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, quotes

LONGEST = 280  # characters in a list
SAID = {"idea_answered": "answer", "effect_observed": "observed", "idea_split": "split_words"}


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


@quotes("idea_answered", "effect_observed", "idea_split")
def of_answers(events: Sequence[Event]) -> Mapping[int, Quote]:
    """As it reads now."""
    rows = Idea.objects.filter(pk__in={event.item for event in events}).select_related("item")
    ideas = {idea.pk: idea for idea in rows.defer("item__body", "item__html")}
    found = {}
    for event in events:
        idea = ideas.get(event.item or 0)
        said = getattr(idea, SAID[event.verb]) if idea else ""
        if idea and said:
            found[event.pk] = _quote(said, idea, "lineage" if event.verb == "idea_split" else "official")
    return found


@quotes("campaign_concluded")
def of_campaigns(events: Sequence[Event]) -> Mapping[int, Quote]:
    """What came of it, as it reads now."""
    rows = Campaign.objects.filter(pk__in={event.item for event in events}).exclude(outcome="").select_related("item")
    campaigns = {each.pk: each for each in rows.defer("item__body", "item__html")}
    return {event.pk: _quote(campaigns[event.item].outcome, campaigns[event.item], "campaign")
            for event in events if event.item in campaigns}  # fmt: skip


def _quote(said: str, facet: Idea | Campaign, place: str) -> Quote:
    short = said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}…"
    return Quote(short, f"{address(facet.item.kind, facet.pk, facet.item.title)}#{place}")
