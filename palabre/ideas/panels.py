"""What ideas show elsewhere: the way to them, the tab of a space, and at the desk the campaign that one writes for."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.ideas import campaigning
from palabre.ideas.waiting import AWAITED
from palabre.kit import given, navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.spaces import tabs
from palabre.spaces.tabs import Tab


def while_writing(request: HttpRequest, values: Any = None, **_context: Any) -> dict[str, Any] | None:
    """For which campaign the text was begun, and whether it is still meant for it."""
    said, sent = values or {}, request.POST
    begun = str(said.get(campaigning.BEGUN) or given.text(sent, campaigning.BEGUN, 20))
    campaign = campaigning.meant(begun, request.user) if begun else None
    if campaign is None:
        return None
    meant = sent.get(campaigning.FIELD) if campaigning.BEGUN in sent else said.get(campaigning.FIELD)
    return {"campaign": campaign, "meant": bool(meant)}


def count(request: HttpRequest) -> int:
    """How many reviews the reader owes; it came with their sight."""
    return AWAITED.number(request.user)


IDEAS = Place(
    "ideas",
    _("Ideas"),
    "lightbulb",
    "ideas:ideas",
    group=navigation.ASKING,
    order=44,
    count=count,
    beside=("/campaigns/",),
)
navigation.offer(IDEAS)
tabs.offer(Tab("ideas", _("Ideas"), order=22))
offer(Panel("write.aside", "ideas.campaign", "ideas/panels/writing.html", while_writing, queries=1, order=16))
