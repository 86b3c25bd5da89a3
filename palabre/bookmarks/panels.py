"""The tab of a space that leads to its bookmarks."""

from typing import Any

from django.http import HttpRequest

from palabre.kit.panels import Panel, offer


def tab(request: HttpRequest, *, space: Any, **_context: Any) -> dict[str, Any]:
    """Where one is, among the tabs of a space."""
    return {"current": request.path.endswith("/bookmarks/"), "space": space}


offer(Panel("space.tabs", "bookmarks.tab", "bookmarks/panels/tab.html", tab, order=30))
