"""What rules show elsewhere: the way to them, the tab of a space, and at the desk what a draft is for."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit import given, navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.links import ties
from palabre.links.models import Type
from palabre.rules.succession import FIELD


def tab(request: HttpRequest, *, space: Any, **_context: Any) -> dict[str, Any]:
    """Where one is, among the tabs of a space."""
    return {"current": request.path.startswith(f"/spaces/{space.slug}/rules/"), "space": space}


def while_writing(request: HttpRequest, values: Any = None, **_context: Any) -> dict[str, Any] | None:
    """That the text takes the place of a rule, or decides about a challenge."""
    said = (values or {}).get(FIELD) or given.text(request.POST, FIELD, 40)
    return {"said": said, "replaces": said.startswith("replaces:")} if said else None


ties.place(Type.OBJECTS_TO, "rule")
navigation.offer(Place("rules", _("Rules"), "scale", "rules:rules", group=navigation.DECIDING, order=49))
offer(Panel("space.tabs", "rules.tab", "rules/panels/tab.html", tab, order=27))
offer(Panel("write.aside", "rules.purpose", "rules/panels/writing.html", while_writing, order=16))
