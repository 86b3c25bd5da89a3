"""Reading a feed: at its open address as whoever asks, at a private one as the person who was given it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from palabre.feeds.doors import token_or_404
from palabre.feeds.entries import entries
from palabre.feeds.feed import Feed, compose
from palabre.feeds.formats import TYPES, WRITERS
from palabre.feeds.sources import Source, absolute
from palabre.spaces import sight


@require_GET
def feed(request: HttpRequest, what: str, form: str, **parts: Any) -> HttpResponse:
    """`/feeds/spaces/reseau.atom`: what the reader of this request may see of a list."""
    asked = [(name, value) for name, values in request.GET.lists() for value in values]
    source = Source.of(what, asked, **parts)
    response = answer(request, compose(request, source, form), form)
    response["Cache-Control"] = "private, no-cache" if request.user.is_authenticated else "public, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


@require_GET
def private(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """`/feeds/private/….atom`: a list as its person may read it now, whoever else is signed in in this browser."""
    try:
        response = _private(request, token, form)
    except Http404:
        # Said here, since what Django says of a missing page goes into the log with its address.
        response = HttpResponseNotFound(_nothing(), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _nothing() -> str:
    """For whoever looks why their reader has stopped; the same of an address that never was."""
    words = _(
        "There is nothing at this address (any more). If it was yours, it was revoked, or you no longer read what it "
        "listed. Your private addresses: %(address)s"
    )
    return words % {"address": absolute(reverse("feeds:addresses"))} + "\n"


def _private(request: HttpRequest, token: str, form: str) -> HttpResponse:
    held = token_or_404(token)
    source = held.list
    if source is None:
        raise Http404
    held.note()
    turned = [(name, value) for name in ("after", "page") if (value := request.GET.get(name))]
    request.GET = QueryDict(urlencode([*source.query, *turned]))  # type: ignore[assignment]
    request.user = sight.keeping(held.person)
    with translation.override(held.person.language or settings.LANGUAGE_CODE):
        return answer(request, compose(request, source, form, request.path), form)


def answer(request: HttpRequest, found: Feed, form: str) -> HttpResponse:
    """The document, or that it is the one the reader has: known from its rows, before any text is read."""
    etag, changed = f'"{found.stamp}"', int(found.updated.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=changed)
    if response is None:
        response = HttpResponse(document(request, found, form), content_type=f"{TYPES[form]}; charset=utf-8")
    response["Content-Language"] = found.language  # not that of who reads
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    response["Link"] = ", ".join(_header(found.links))
    return response


def document(request: HttpRequest, found: Feed, form: str) -> bytes:
    """The whole of it in that format."""
    return WRITERS[form](found, entries(request, found.listing))


def _header(links: Iterable[tuple[str, str]]) -> list[str]:
    return [f'<{address}>; rel="{rel}"' for rel, address in links if rel in ("self", "hub")]
