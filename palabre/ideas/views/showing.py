"""The page of an idea."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from palabre.authoring import joining, showing
from palabre.ideas import briefs, evaluating, voices
from palabre.ideas.doors import IDEAS
from palabre.ideas.models import Idea
from palabre.items.models import Item
from palabre.kit.policy import may


@require_GET
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12-un-tableau/`; one that is the same as another leads there, unless asked for `?alone=1`."""
    item, person = IDEAS.open(request, pk, "idea"), request.user
    facet: Idea = item.idea  # type: ignore[attr-defined]
    facet.item = item
    if other := joining.leads_to(request, facet):
        return redirect(other)
    row: Any = item
    within = row.within
    # Whose sponsor may ask for reviews: what the query brought stands for the campaign itself.
    facet.campaign = (
        Item(pk=within["pk"], kind="campaign", title=within["title"], owner_id=within["owner"]) if within else None
    )
    return showing.show(
        request,
        item,
        idea=facet,
        campaign=facet.campaign,
        whole=next(iter(briefs.titles([row.whole] if row.whole else [])), None),
        halves=[each for each in briefs.titles(row.halves) if each.pk != item.pk],
        earlier=briefs.earlier_answers(item),
        evaluation=evaluating.told(row.reviewed, within["criteria"] if within else (), person, over=facet.is_over),
        team=briefs.team_of(item, person),
        may_split=may(person, "idea.split", facet),
        may_rejoin=may(person, "idea.rejoin", facet),
        may_join=may(person, "idea.join", facet),
        may_settle=may(person, "idea.settle", facet),
        may_evaluate=may(person, "idea.evaluate", facet),
        stage=voices.funnel_of(item).at(facet.stage, facet.meaning),
        voices=(heard := voices.of(item, person)),
        unheard=voices.unheard(item, heard),
        steps=briefs.path_of(item, voices.steps_of(item)),
        same=[Item(pk=brief["pk"], title=brief["title"], kind="idea") for brief in item.same],  # type: ignore[attr-defined]
        may_voice=may(person, "idea.voice", facet),
        may_handle=may(person, "idea.handle", facet),
        may_place=(row.campaign_takes or within) and may(person, "idea.place", facet),
        may_merge=may(person, "idea.merge", facet),
    )
