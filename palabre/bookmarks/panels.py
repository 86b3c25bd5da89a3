"""The tab of a space that leads to its bookmarks, and what becomes of an address that somebody shares."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from palabre.kit import sharing
from palabre.kit.panels import Panel, offer


def tab(request: HttpRequest, *, space: Any, **_context: Any) -> dict[str, Any]:
    """Where one is, among the tabs of a space."""
    return {"current": request.path.endswith("/bookmarks/"), "space": space}


offer(Panel("space.tabs", "bookmarks.tab", "bookmarks/panels/tab.html", tab, order=30))


def taken(shared: sharing.Shared) -> str | None:
    """What has an address is kept."""
    if not shared.address:
        return None
    said = {"address": shared.address, "title": shared.title, "note": shared.words}
    return f"{reverse('bookmarks:new')}?{urlencode({name: value for name, value in said.items() if value})}"


sharing.offer("bookmarks", taken)
