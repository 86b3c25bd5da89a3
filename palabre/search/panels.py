"""What search puts into the frame and beside the editor: the way to it, the palette that opens over any page, and what
there is already that says the like."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit.navigation import Place
from palabre.kit.navigation import offer as offer_place
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may
from palabre.search.similar import similar, with_words


def _is_steward(request: HttpRequest) -> bool:
    return may(request.user, "search.missing")


def palette(request: HttpRequest) -> dict[str, Any]:
    """Nothing is asked of the database until somebody types. Recent searches are kept for each reader of a browser."""
    return {"reader": request.user.pk}


def while_writing(request: HttpRequest, values: Any = None, item: Any = None, **_context: Any) -> dict[str, Any] | None:
    """What there is already, for who begins something: at once where something is written, which needs no script."""
    if item is not None and item.is_readable:
        return None
    said = values or {}
    without = item.pk if item else None
    results = similar(request.user, said.get("kind", ""), said.get("title", ""), said.get("body", ""), without)
    return {"results": with_words(results)}


offer_place(Place("search", _("Search or go to…"), "search", "search:results", part="find"))
offer_place(
    Place(
        "search.missing",
        _("Looked for in vain"),
        "file-search",
        "search:missing",
        part="me",
        order=70,
        shown=_is_steward,
    )
)
offer(Panel("write.aside", "search.similar", "search/panels/similar.html", while_writing, queries=3, order=20))
offer(Panel("frame.end", "search.palette", "search/palette.html", palette, kept=True))
