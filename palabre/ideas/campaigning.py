"""What is written for a campaign: a draft that remembers it, and an idea of it when it is published, if it is open.
And what was written already, and is brought into one.

The desk shows for which campaign one writes, as a choice: who takes it back writes into the open box.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from palabre.authoring import drafting
from palabre.authoring.models import Draft
from palabre.ideas import agenda
from palabre.ideas.models import Campaign, Idea, Standing
from palabre.items.models import Item, State
from palabre.kit import given
from palabre.kit.policy import may
from palabre.kit.times import day_and_month
from palabre.spaces.models import Space

MOST = 60  # campaigns of a space among which one chooses
FIELD, BEGUN = "campaign", "campaign_begun"
"""The fields of a draft that say for which campaign its text is meant, and for which it was begun."""


def begin(campaign: Campaign, by: Any) -> Draft:
    """A draft of `by` for an idea in it, where it stands."""
    fields = {FIELD: str(campaign.pk), BEGUN: str(campaign.pk)}
    return drafting.keep(by, drafting.Content("idea", "", "", campaign.item.space, fields=fields))


def meant(value: str, person: Any) -> Campaign | None:
    """The campaign that a field names, if `person` sees it."""
    key = given.key(value)
    if key is None:
        return None
    seen = Item.objects.visible_to(person).of_kind("campaign").order_by().values("pk")
    return Campaign.objects.select_related("item__space").filter(pk=key, item__in=seen).first()


def taking(idea: Idea, person: Any) -> list[Campaign]:
    """The campaigns of its space into which `person` may bring an idea: those that are open and speak to its author;
    who steers one sorts also before and after its days, until it was said what came of it.
    """
    items = Item.objects.visible_to(person).published().of_kind("campaign").filter(space=idea.item.space_id)
    here = items.exclude(pk=idea.campaign_id or 0).select_related("campaign", "space").order_by("-pk")
    found = []
    for item in here.filter(campaign__outcome="")[:MOST]:
        campaign: Campaign = item.campaign  # type: ignore[attr-defined]
        campaign.item = item
        open_to_author = campaign.is_open and campaign.speaks_to(idea.item.author)
        if open_to_author or may(person, "campaign.steer", campaign):
            found.append(campaign)
    return found


def why_not(campaign: Campaign, space: Space | None, person: Any) -> str:
    """Why no idea of `person` in `space` can be one of the campaign now; "" if it can."""
    named = {"title": campaign.item.title}
    if campaign.item.state != State.PUBLISHED or campaign.standing == Standing.ENDED:
        last = campaign.last_day
        day = day_and_month(last) if last and last <= agenda.today() else ""
        over = _("The campaign “%(title)s” takes no more ideas: its last day was %(day)s.")
        return over % {**named, "day": day} if day else _("The campaign “%(title)s” takes no more ideas.") % named
    if campaign.standing == Standing.PREPARED:
        return _("The campaign “%(title)s” takes no ideas yet: it is being prepared.") % named
    if campaign.standing == Standing.COMING:
        day = day_and_month(campaign.opens_on) if campaign.opens_on else ""
        return _("The campaign “%(title)s” takes ideas from %(day)s on.") % {**named, "day": day}
    if not campaign.speaks_to(person):
        return _("The campaign “%(title)s” speaks to others: %(whom)s.") % {
            **named, "whom": str(campaign.get_audience_display()).lower(),  # type: ignore[attr-defined]
        }  # fmt: skip
    if space and space.pk != campaign.item.space_id:
        said = _("The campaign “%(title)s” takes ideas in “%(space)s”: choose that space, or leave the campaign.")
        return said % {**named, "space": campaign.item.space.name}
    return ""


@drafting.before_publishing
def refuse(content: drafting.Content, person: Any) -> str:
    """An idea that is meant for a campaign which does not take it is not published, and its text stays."""
    campaign = _campaign_of(content.kind, content.fields or {}, person)
    if campaign is None or not (why := why_not(campaign, content.space, person)):
        return ""
    return (
        why + " " + _("Your text is kept. To publish it all the same, in the open box, untick the campaign beside it.")
    )


@drafting.on_publishing
def remember(draft: Any, item: Item) -> None:
    """It is an idea of the campaign it was meant for."""
    campaign = _campaign_of(item.kind, draft.fields, draft.person)
    if campaign and not why_not(campaign, item.space, draft.person) and may(draft.person, "campaign.propose", campaign):
        Idea.objects.filter(pk=item.pk).update(campaign=campaign.item)


def _campaign_of(kind: str, fields: dict[str, str], person: Any) -> Campaign | None:
    return meant(fields.get(FIELD, ""), person) if kind == "idea" else None
