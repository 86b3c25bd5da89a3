"""What decisions show elsewhere: the way to them with the number that wait, the tab of a space, its open votes."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.decisions.waiting import AWAITED
from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer


def tab(request: HttpRequest, *, space: Any, **_context: Any) -> dict[str, Any]:
    """Where one is, among the tabs of a space."""
    return {"current": request.path.endswith("/decisions/"), "space": space}


def count(request: HttpRequest) -> int:
    """How many decisions wait for the reader; it came with their sight."""
    return AWAITED.number(request.user)


navigation.offer(
    Place("decisions", _("Decisions"), "vote", "decisions:decisions", group=navigation.DECIDING, order=47, count=count)
)
offer(Panel("space.tabs", "decisions.tab", "decisions/panels/tab.html", tab, order=27))
