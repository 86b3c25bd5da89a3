"""Entries: what a feed says of each thing, with its text as its reader may read it, whatever program shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import nh3
from django.http import HttpRequest
from django.utils.translation import gettext as _

from palabre.authoring.marks import resolve_each
from palabre.feeds.listing import Listing
from palabre.feeds.sources import absolute
from palabre.items.models import Item
from palabre.kit.html import TAGS
from palabre.talk.models import Comment

LONGEST = 200_000  # characters of a text that is carried whole; of a longer one, how it begins
ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "input": {"checked"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# XML 1.0 has no way to write these, and neither format has a use for them.
_UNSAID = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PICTURE = re.compile(r'<img [^>]*?src="([^"]+)"')


@dataclass(frozen=True)
class Entry:
    """One thing of a feed. `id` is its permanent address, which no other title or place of it changes."""

    id: str
    address: str
    title: str
    html: str
    excerpt: str
    author: str
    published: datetime
    updated: datetime
    language: str
    tags: Sequence[str] = ()
    kind: str = ""

    @property
    def picture(self) -> str:
        """The address of its first picture."""
        found = _PICTURE.search(self.html)
        return found[1].replace("&amp;", "&") if found else ""


def entries(request: HttpRequest, listing: Listing) -> list[Entry]:
    """The entries of these rows in their order; what has gone out of sight meanwhile is left out."""
    keys = [row["id"] for row in listing.rows]
    if not keys:
        return []
    if listing.about is not None:
        return _said(request, keys, listing.about)
    found = Item.objects.visible_to(request.user).filter(pk__in=keys).select_related("author", "space")
    items = {item.pk: item for item in found.defer("body", "outline")}
    shown = [(row, items[row["id"]]) for row in listing.rows if row["id"] in items]
    texts = resolve_each([(item.html, item) for _row, item in shown], request.user)
    return [_of_item(row, item, text) for (row, item), text in zip(shown, texts, strict=True)]


def _of_item(row: Mapping[str, Any], item: Item, text: str) -> Entry:
    address = absolute(item.get_absolute_url())
    whole = len(text) <= LONGEST
    return Entry(
        id=absolute(f"/items/{item.pk}/"),
        address=address,
        title=plain(item.title),
        html=outward(text, address) if whole else f"<p>{nh3.clean_text(plain(item.excerpt))}</p>",
        excerpt=plain(item.excerpt),
        author=plain(item.author.name),
        published=item.published_at,
        updated=max(item.published_at, item.updated_at),
        language=item.language,
        tags=[plain(tag) for tag in row["tags"]],
        kind=plain(str(item.kind_of.label)),
    )


def _said(request: HttpRequest, keys: Sequence[int], item: Item) -> list[Entry]:
    found = Comment.objects.visible_to(request.user).standing().filter(pk__in=keys).select_related("by").in_bulk()
    comments = [found[key] for key in keys if key in found]
    texts = resolve_each([(comment.html, item) for comment in comments], request.user)
    return [_of_comment(comment, item, text) for comment, text in zip(comments, texts, strict=True)]


def _of_comment(comment: Comment, item: Item, text: str) -> Entry:
    address = absolute(comment.get_absolute_url())
    title = _("%(who)s on “%(title)s”") % {"who": comment.by.name, "title": item.title}
    return Entry(
        id=address,
        address=address,
        title=plain(title),
        html=outward(text, address),
        excerpt="",
        author=plain(comment.by.name),
        published=comment.at,
        updated=comment.edited_at or comment.at,
        language=item.language,
    )


def plain(text: str) -> str:
    """Text that XML can carry."""
    return _UNSAID.sub("", text)


def outward(html: str, address: str) -> str:
    """Markup as it can be read anywhere: addresses with their host, no link to what is not written yet, nothing that
    means something on our own pages only. `address` is that of the text, for links within it."""

    def whole(relative: str) -> str | None:
        if relative.startswith("/write/"):
            return None
        if relative.startswith("//"):
            return relative
        return absolute(relative) if relative.startswith("/") else f"{address}{relative}"

    return nh3.clean(
        plain(html),
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        set_tag_attribute_values={"input": {"disabled": "", "type": "checkbox"}},
        url_schemes=SCHEMES,
        url_relative=whole,
        link_rel=None,
    )
