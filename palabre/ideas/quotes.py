"""The words behind what happens to an idea: the reason of a step or a split, the official answer, what it brought; and
what came of a campaign, or why nobody says so.
"""

from django.utils.translation import gettext as _

from palabre.ideas.models import Campaign, Idea, Step
from palabre.ideas.stages import called
from palabre.items.models import address
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, Row, Rows, quotes

STEPS = Rows(
    "step",
    lambda: Step.objects.all(),
    {"stage": "stage", "name": "name", "words": "words", "idea": "idea", "title": "idea__item__title"},
)
IDEAS = Rows(
    "item",
    lambda: Idea.objects.all(),
    {"title": "item__title", "answer": "answer", "observed": "observed", "split": "split_words"},
)
CAMPAIGNS = Rows("item", lambda: Campaign.objects.all(), {"title": "item__title", "outcome": "outcome"})

SAID = {
    "idea_answered": ("answer", "official"),
    "effect_observed": ("observed", "official"),
    "idea_split": ("split", "lineage"),
}


@quotes("idea_moved", rows=STEPS)
def of_step(_event: Event, step: Row) -> Quote:
    """The stage it came to, and why."""
    words = _("%(stage)s: %(words)s") % {"stage": called(step["stage"], step["name"]), "words": step["words"]}
    return Quote(words, f"{address('idea', step['idea'], step['title'])}#stages")


@quotes(*SAID, rows=IDEAS)
def of_answer(event: Event, idea: Row) -> Quote | None:
    """As it reads now."""
    said, place = SAID[event.verb]
    return Quote(idea[said], f"{address('idea', idea['pk'], idea['title'])}#{place}") if idea[said] else None


@quotes("campaign_concluded", "campaign_left", rows=CAMPAIGNS)
def of_campaign(event: Event, campaign: Row) -> Quote | None:
    """What came of it, as it reads now; why nobody says so, as it was said then."""
    words = event.particulars.get("reason") if event.verb == "campaign_left" else campaign["outcome"]
    place = f"{address('campaign', campaign['pk'], campaign['title'])}#campaign"
    return Quote(words, place) if words else None
