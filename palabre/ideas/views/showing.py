"""The page of an idea."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from palabre.authoring import joining, showing
from palabre.ideas import voices
from palabre.ideas.doors import IDEAS
from palabre.ideas.models import Idea
from palabre.items.models import Item
from palabre.kit.policy import may


@require_safe
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    """`/ideas/12-un-tableau/`; one that is the same as another leads there, unless asked for `?alone=1`."""
    item, person = IDEAS.open(request, pk, "idea"), request.user
    facet: Idea = item.idea  # type: ignore[attr-defined]
    facet.item = item
    if other := joining.leads_to(request, facet):
        return redirect(other)
    return showing.show(
        request,
        item,
        idea=facet,
        stage=voices.funnel_of(item).at(facet.stage, facet.meaning),
        voices=voices.of(item, person),
        steps=voices.steps_of(item),
        same=[Item(pk=brief["pk"], title=brief["title"], kind="idea") for brief in item.same],  # type: ignore[attr-defined]
        may_voice=may(person, "idea.voice", facet),
        may_handle=may(person, "idea.handle", facet),
        may_merge=may(person, "idea.merge", facet),
    )
