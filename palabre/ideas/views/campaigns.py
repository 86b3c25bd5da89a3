"""Campaigns: the registers of them, the page of one, its ideas, and the order in which reviewers see these."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.authoring import showing
from palabre.ideas import agenda, briefs, criteria, ranking
from palabre.ideas.doors import CAMPAIGNS, campaign_or_404
from palabre.ideas.models import Campaign, Standing
from palabre.ideas.views import listing
from palabre.items.listing import NONE, Register
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.kit.policy import may

REGISTER = Register(
    "campaign",
    "ideas/campaign_rows.html",
    label=_("Which campaigns"),
    ways={
        Standing.OPEN.value: pgettext_lazy("several campaigns", "Open"),
        Standing.COMING.value: pgettext_lazy("several campaigns", "To come"),
        Standing.ENDED.value: pgettext_lazy("several campaigns", "Ended"),
    },
    begins=_("Write a brief"),
    empty={
        Standing.OPEN.value: (
            _("No campaign is open"),
            _(
                "A campaign asks for ideas on one subject, for a while: with a brief, somebody who sponsors it, and "
                "criteria that are known before. The box of ideas is open all the time."
            ),
        ),
    },
    house="ideas/campaigns.html",
    space="ideas/campaigns_of_space.html",
)


@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """`/campaigns/`: of all spaces that the reader sees."""
    return REGISTER.show(request, _listed)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/ideas/campaigns/`: of one space."""
    return REGISTER.show_in(request, slug, _listed)


def _listed(request: HttpRequest, items: ItemQuerySet, way: str) -> dict[str, Any]:
    """The latest written first; one that is still being prepared is among those to come."""
    today = agenda.today()
    found = Campaign.objects.standing(way, today)
    if way == Standing.COMING:
        found |= Campaign.objects.standing(Standing.PREPARED, today)
    rows = items.filter(pk__in=found.order_by().values("pk")).for_lists()
    told = rows.select_related("campaign", "owner", "owner__organisation").annotate(ideas=briefs.gathering()["ideas"])
    return {"page": page(told, request)}


@require_GET
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """`/campaigns/12-moins-d-attente/`."""
    item = CAMPAIGNS.open(request, pk, "campaign")
    return showing.show(request, item, **_page(request, item))


def again(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
    """The page of the campaign with what was typed and what is wrong with it."""
    item = CAMPAIGNS.open(request, pk, "campaign")
    return showing.again(request, item, **_page(request, item), **more)


def _page(request: HttpRequest, item: Item) -> dict[str, Any]:
    """What the page of a campaign shows beside its text."""
    person = request.user
    facet: Campaign = item.campaign  # type: ignore[attr-defined]
    facet.item = item
    row: Any = item
    left, may_steer = briefs.left_at(item), may(person, "campaign.steer", facet)
    return {
        "campaign": facet,
        "days_left": (facet.closes_on - agenda.today()).days if facet.closes_on else 0,
        "weighed_by": criteria.of(facet.criteria),
        "ideas": briefs.ideas_of(item),
        "outcomes": briefs.outcomes_of(item),
        "left": left,
        "number": row.ideas,
        "weighed": row.weighed,
        "may_steer": may_steer,
        "may_conclude": may_steer and facet.has_begun,
        "may_leave": may_steer and facet.standing == Standing.ENDED and not (facet.outcome or left),
        "may_propose": may(person, "campaign.propose", facet),
        "speaks_elsewhere": facet.is_open and person.is_authenticated and not facet.speaks_to(person),
    }


@require_GET
def ideas(request: HttpRequest, pk: int) -> HttpResponse:
    """`/campaigns/12/ideas/`: all of them."""
    facet, register = campaign_or_404(request, pk), listing.REGISTER
    way = register.chosen(request)
    context = {
        "item": facet.item, "space": facet.item.space, "register": register, "ways": register.ways, "way": way,
        "way_label": register.ways[way], "nothing": (NONE, ""), "here": True,
        **listing.listed(request, _ideas_of(request, facet), way),
    }  # fmt: skip
    return render(request, "ideas/campaign_ideas.html", context)


@require_GET
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """`/campaigns/12/ranking/`: its reviewed ideas, with how far their order can be told."""
    facet = campaign_or_404(request, pk)
    found = ranking.of(_ideas_of(request, facet), request.user, criteria.of(facet.criteria))
    context = {"item": facet.item, "space": facet.item.space, "ranking": found}
    return render(request, "ideas/campaign_ranking.html", context)


def _ideas_of(request: HttpRequest, campaign: Campaign) -> ItemQuerySet:
    return Item.objects.visible_to(request.user).published().of_kind("idea").filter(idea__campaign=campaign.item)
