"""What feeds show on pages of others: on each page with a list, its feeds in the head and a quiet way to them below."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.feeds.formats import TYPES
from palabre.feeds.sources import FORMATS, standing_at
from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer


def head(request: HttpRequest) -> dict[str, Any] | None:
    """Where a browser or a reader of feeds finds them."""
    source = standing_at(request)
    if source is None:
        return None
    return {"feeds": tuple((TYPES[form], source.address(form)) for form in FORMATS)}


def foot(request: HttpRequest) -> dict[str, Any] | None:
    """The way to the page that says how to follow this elsewhere."""
    source = standing_at(request)
    return None if source is None else {"source": source.path}


offer(Panel("frame.head", "feeds.head", "feeds/panels/head.html", head, kept=True))
offer(Panel("frame.foot", "feeds.foot", "feeds/panels/foot.html", foot, kept=True))
navigation.offer(
    Place("feeds", _("Followed elsewhere"), "rss", "feeds:addresses", part="me", order=25, shown=navigation.signed_in)
)
