"""A feed as a whole: what stands at its head, and by what one knows whether it has changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from palabre.feeds.entries import plain
from palabre.feeds.listing import Listing, read
from palabre.feeds.sources import Source, absolute

LOOK = 1  # of our documents: a number that changes when they say otherwise what they say


@dataclass(frozen=True)
class Feed:
    """The head of one page of a feed, for one reader.

    `links` are pairs of relation and address: self, first, next, hub. `stamp` is another one whenever the
    document is, whoever reads it; `own` tells that it is one person's, by the address they were given.
    """

    id: str
    title: str
    page: str
    company: str
    icon: str
    language: str
    updated: datetime
    links: tuple[tuple[str, str], ...]
    stamp: str
    listing: Listing


def compose(request: HttpRequest, source: Source, form: str, own: str = "") -> Feed:
    """The feed of a source for the reader of this request; 404 where there is nothing for them.

    `own` is the private address it is read at; without one it has its open address.
    """
    listing = read(request, source.what, dict(source.parts))
    address = absolute(own or source.address(form))
    here = _with(address, _turned(request))
    links = [("self", here)]
    if listing.next:
        links.append(("next", _with(address, listing.next)))
    if here != address:
        links.append(("first", address))
    if hub := hub_of(bool(own)):
        links.append(("hub", hub))
    title = plain(f"{listing.title} · {settings.COMPANY}")
    language = listing.language or get_language() or settings.LANGUAGE_CODE
    said = [LOOK, form, title, language, links, request.user.pk or 0, [list(row.values()) for row in listing.rows]]
    return Feed(
        id=absolute(source.path),
        title=title,
        page=absolute(listing.page),
        company=settings.COMPANY,
        icon=absolute(static("kit/logo.svg")),
        language=language,
        updated=listing.changed_at,
        links=tuple(links),
        stamp=hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:32],
        listing=listing,
    )


def hub_of(own: bool) -> str:
    """The hub that tells of changes: this instance, or another one, which is told of no private address."""
    if settings.PALABRE_HUB:
        return "" if own else str(settings.PALABRE_HUB)
    return absolute(reverse("feeds:hub"))


def _turned(request: HttpRequest) -> str:
    """The part of the query that says which page of the feed is read."""
    return "&".join(
        part for part in request.META.get("QUERY_STRING", "").split("&") if part.startswith(("after=", "page="))
    )


def _with(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address
