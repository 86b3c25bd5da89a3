"""What objectives show elsewhere: the way to them, the tab of a space, and on each item the objectives it serves."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit import given, navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may
from palabre.links import ties
from palabre.objectives import serving
from palabre.objectives.serving import SERVES
from palabre.spaces import tabs
from palabre.spaces.tabs import Tab


def serves(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """The objectives that the item serves, from what its page has asked of its links already; what can serve some says
    so even where it serves none."""
    said = (tie for tie in ties.of(request.user, item).typed if tie.type in SERVES and tie.outward)
    objectives = {tie.other.pk: tie.other for tie in said if tie.other.kind == "objective"}
    may_say = request.user.is_authenticated and serving.has_a_way(item.kind) and may(request.user, "item.tag", item)
    return {"objectives": list(objectives.values()), "may_say": may_say} if objectives or may_say else None


def while_writing(request: HttpRequest, values: Any = None, **_context: Any) -> dict[str, Any] | None:
    """Which objective the text was begun for."""
    said = (values or {}).get(serving.FIELD) or given.text(request.POST, serving.FIELD, 20)
    objective = serving.served(said, request.user) if said else None
    return {"objective": objective} if objective else None


for type in SERVES:
    ties.place(type, "objective")
navigation.offer(
    Place("objectives", _("Objectives"), "flag", "objectives:objectives", group=navigation.DECIDING, order=48)
)
tabs.offer(Tab("objectives", _("Objectives"), order=29))
offer(Panel("item.aside", "objectives.served", "objectives/panels/served.html", serves, queries=0, order=16))
offer(Panel("write.aside", "objectives.served", "objectives/panels/writing.html", while_writing, queries=1, order=17))
