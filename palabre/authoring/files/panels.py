"""What an item's page shows of its files: those its text does not show itself, and the way to all."""

from typing import Any

from django.http import HttpRequest

from palabre.authoring.files.models import SHOWN, File
from palabre.items.models import Item
from palabre.kit import live
from palabre.kit.panels import Panel, offer


def _files(request: HttpRequest, item: Item, **_context: Any) -> dict[str, Any] | None:
    brought = getattr(item, "attached", None)
    rows = (
        File.objects.present().filter(item=item).defer("text").order_by("pk")
        if brought is None
        else [File(**brief) for brief in brought]
    )
    files = [file for file in rows if f"/files/{file.pk}/" not in item.body][:SHOWN]
    return {"files": files} if files else None


def _action(request: HttpRequest, item: Item, **_context: Any) -> dict[str, Any]:
    return {}


def _live(request: HttpRequest, **_context: Any) -> dict[str, Any] | None:
    """Where the editor sends files: to the process that waits for slow lines."""
    return {"address": live.address(request)} if request.user.is_authenticated else None


offer(Panel("frame.head", "authoring.files", "authoring/files/live.html", _live, kept=True))
offer(Panel("item.foot", "authoring.files", "authoring/files/panel.html", _files, order=60))
offer(Panel("item.ways", "authoring.files", "authoring/files/action.html", _action, order=40))
