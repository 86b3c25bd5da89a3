"""The ways in to an idea."""

from django.http import HttpRequest

from palabre.authoring import joining, showing
from palabre.ideas import briefs, evaluating, voices
from palabre.ideas.models import Campaign, Idea
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.kit.queries import Slot

IDEAS = showing.door(
    "idea",
    "idea__carrier__organisation",
    "idea__answered_by__organisation",
    **voices.counts(Slot("reader")),
    voices=voices.named(),
    steps=voices.steps(),
    funnel=voices.funnel(),
    same=voices.same(Item.objects.visible_to_asker()),
    whole=briefs.whole(Item.objects.visible_to_asker()),
    halves=briefs.halves(Item.objects.visible_to_asker()),
    within=briefs.within(Item.objects.visible_to_asker()),
    answered=briefs.answers(),
    placed=briefs.placings(Item.objects.visible_to_asker()),
    campaign_takes=briefs.takes_ideas(),
    reviewed=evaluating.reviews(),
    **briefs.team(Slot("reader")),
)
CAMPAIGNS = showing.door(
    "campaign",
    "owner__organisation",
    concluded=briefs.outcomes(),
    leaving=briefs.leavings(),
    gathered=briefs.gathered(Item.objects.visible_to_asker()),
    funnel=voices.funnel(),
    **briefs.gathering(),
)


def idea_or_404(request: HttpRequest, pk: int) -> Idea:
    """The idea with its item and its space, if the reader sees it."""
    item = item_or_404(request, pk, "idea")
    idea: Idea = item.idea  # type: ignore[attr-defined]
    idea.item = item
    return idea


def standing_or_404(request: HttpRequest, pk: int) -> Idea:
    """The idea, or the one that it became one with, for which is meant what is sent from a page opened before."""
    idea = idea_or_404(request, pk)
    other = joining.leads_to(request, idea)
    return idea_or_404(request, other.pk) if other else idea


def campaign_or_404(request: HttpRequest, pk: int) -> Campaign:
    """The campaign with its item and its space, if the reader sees it."""
    item = item_or_404(request, pk, "campaign")
    campaign: Campaign = item.campaign  # type: ignore[attr-defined]
    campaign.item = item
    return campaign
