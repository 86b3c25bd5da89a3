"""What rules show elsewhere: the way to them, the tab of a space, at the desk what a draft is for, and on an idea which
rule it challenges.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit import given, navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.links import ties
from palabre.links.models import Type
from palabre.rules.succession import FIELD, in_force
from palabre.spaces import tabs
from palabre.spaces.tabs import Tab


def while_writing(request: HttpRequest, values: Any = None, **_context: Any) -> dict[str, Any] | None:
    """That the text takes the place of a rule, or decides about a challenge."""
    said = (values or {}).get(FIELD) or given.text(request.POST, FIELD, 40)
    if not said:
        return None
    purpose, _sign, number = said.partition(":")
    former = in_force(request.user).filter(pk=given.key(number) or 0).first() if purpose == "replaces" else None
    return {"said": said, "replaces": purpose == "replaces", "former": former}


def challenged(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """The rules that the item objects to, from what its page has asked of its links already."""
    said = (tie for tie in ties.of(request.user, item).typed if tie.type is Type.OBJECTS_TO and tie.outward)
    rules = [tie.other for tie in said if tie.other.kind == "rule"]
    return {"rules": rules} if rules else None


ties.place(Type.OBJECTS_TO, "rule")
navigation.offer(Place("rules", _("Rules"), "scale", "rules:rules", group=navigation.DECIDING, order=49))
tabs.offer(Tab("rules", _("Rules"), order=27))
offer(Panel("write.aside", "rules.purpose", "rules/panels/writing.html", while_writing, order=16))
offer(Panel("item.notice", "rules.challenged", "rules/panels/challenged.html", challenged, queries=0, order=30))
