"""The ways in to an idea."""

from django.http import HttpRequest

from palabre.authoring import showing
from palabre.ideas import voices
from palabre.ideas.models import Idea
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
)


def idea_or_404(request: HttpRequest, pk: int) -> Idea:
    """The idea with its item and its space, if the reader sees it."""
    item = item_or_404(request, pk, "idea")
    idea: Idea = item.idea  # type: ignore[attr-defined]
    idea.item = item
    return idea
