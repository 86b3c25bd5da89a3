"""What home puts into the frame: the way to itself, and the reader's spaces."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit.navigation import Place, is_folded
from palabre.kit.navigation import offer as offer_place
from palabre.kit.panels import Panel, offer
from palabre.spaces import sight

MOST = 12

offer_place(Place("home", _("Home"), "house", "home:front", order=10, bar=True, key="h"))
offer_place(Place("guide", _("Guide"), "life-buoy", "home:guide", part="me", order=80))


def spaces(request: HttpRequest) -> dict[str, Any] | None:
    """The reader's own spaces; for who is in none yet, those they may read."""
    seen = sight.of(request.user)
    shown = (seen.mine or seen.open)[:MOST]
    if not shown:
        return None
    told = seen.told(shown)
    inside = next((slug for slug, *_ in told if request.path.startswith(f"/spaces/{slug}/")), "")
    folded = is_folded(request, "spaces") and not inside
    return {
        "spaces": lambda: [seen.spaces[pk] for pk in shown],
        "own": bool(seen.mine),
        "inside": inside,
        "folded": folded,
        "key": (bool(seen.mine), inside, folded, told),
    }


offer(Panel("frame.rail", "home.spaces", "home/panels/spaces.html", spaces, kept=True))
