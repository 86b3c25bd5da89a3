"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from collections.abc import Sequence
from typing import Any

from palabre.feeds.entries import Entry
from palabre.feeds.feed import Feed

TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """The document."""
    links = dict(feed.links)
    document: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": links["self"],
        "icon": feed.icon,
        "authors": [{"name": feed.company}],
        "language": feed.language,
        "items": [_item(entry) for entry in entries],
    }
    if "next" in links:
        document["next_url"] = links["next"]
    if "hub" in links:
        document["hubs"] = [{"type": "WebSub", "url": links["hub"]}]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _item(entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(timespec="seconds"),
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "authors": [{"name": entry.author}],
    }
    found = {"summary": entry.excerpt, "image": entry.picture, "language": entry.language, "tags": list(entry.tags)}
    return said | {name: value for name, value in found.items() if value}
