"""What offers show elsewhere: the way to them, the tab of a space, and on each item the offers it is about."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit import given, navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may
from palabre.links import ties
from palabre.links.models import Type
from palabre.offers import naming
from palabre.spaces import tabs
from palabre.spaces.tabs import Tab


def about(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """The offers that the item is about, from what its page has asked of its links already."""
    said = (tie for tie in ties.of(request.user, item).typed if tie.type is Type.ABOUT and tie.outward)
    offers = sorted((tie.other for tie in said if tie.other.kind == "offer"), key=lambda other: other.title.casefold())
    may_name = request.user.is_authenticated and may(request.user, "offer.name", item)
    return {"offers": offers, "may_name": may_name} if offers or may_name else None


def while_writing(request: HttpRequest, values: Any = None, **_context: Any) -> dict[str, Any] | None:
    """Which offer the text was begun from."""
    said = (values or {}).get(naming.ABOUT) or given.text(request.POST, naming.ABOUT, 400)
    offers = naming.named(said, request.user) if said else []
    return {"offers": offers, "said": ",".join(str(each.pk) for each in offers)} if offers else None


ties.place(Type.ABOUT, "offer")
navigation.offer(Place("offers", _("Offers"), "package", "offers:offers", group=navigation.HOUSE, order=46))
tabs.offer(Tab("offers", _("Offers"), order=26))
offer(Panel("item.aside", "offers.about", "offers/panels/about.html", about, queries=0, order=15))
offer(Panel("write.aside", "offers.about", "offers/panels/writing.html", while_writing, queries=1, order=15))
