"""What a browser may keep on its device, and for whom: said in two headers, which the service worker obeys.

Every answer goes out with `no-store`, and no cache of the browser keeps it. The service worker keeps what is named here
only: pages of things that somebody opened, the last thirty, until they sign out, for that person.
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from palabre.items.models import Item
from palabre.kit.clock import now

TITLE = 120  # characters, at most, for a header is short
READER, KEEP = "Palabre-Reader", "Palabre-Keep"


def reader(person: Any) -> str:
    """A name for whoever reads, by which their browser knows whether somebody else reads now; "-" for strangers."""
    if not person.is_authenticated:
        return "-"
    return salted_hmac("palabre.push.reader", str(person.pk), algorithm="sha256").hexdigest()[:24]


def may_keep(request: HttpRequest, item: Item, **_context: Any) -> None:
    """A panel of the item's page that shows nothing: the page may be kept by who is signed in."""
    if settings.PALABRE_OFFLINE and request.user.is_authenticated and item.is_readable:
        request.kept_item = item  # type: ignore[attr-defined]


class Keeping:
    """Middleware: says on each page who reads it, and on those that may be kept what they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html") and hasattr(request, "user"):
            response.headers[READER] = reader(request.user)
            item = getattr(request, "kept_item", None)
            if item and request.method == "GET" and response.status_code == 200:
                response.headers[KEEP] = _said(item)
        return response


def _said(item: Item) -> str:
    kept = {"item": item.pk, "title": item.title[:TITLE], "space": item.space.name[:TITLE], "at": now().isoformat()}
    return quote(json.dumps(kept, ensure_ascii=False))
