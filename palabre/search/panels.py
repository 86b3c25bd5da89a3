"""What search puts into the frame: the way to it, and the palette that opens over any page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit.navigation import Place
from palabre.kit.navigation import offer as offer_place
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may


def _is_steward(request: HttpRequest) -> bool:
    return may(request.user, "search.missing")


def palette(_request: HttpRequest) -> dict[str, Any]:
    """Nothing is asked of the database until somebody types."""
    return {}


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
offer(Panel("frame.end", "search.palette", "search/palette.html", palette))
