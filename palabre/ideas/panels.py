"""What ideas show elsewhere: the way to them, and the tab of a space."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer


def tab(request: HttpRequest, *, space: Any, **_context: Any) -> dict[str, Any]:
    """Where one is, among the tabs of a space."""
    return {"current": request.path.startswith(f"/spaces/{space.slug}/ideas/"), "space": space}


navigation.offer(Place("ideas", _("Ideas"), "lightbulb", "ideas:ideas", group=navigation.ASKING, order=44))
offer(Panel("space.tabs", "ideas.tab", "ideas/panels/tab.html", tab, order=22))
