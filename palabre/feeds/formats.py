"""The formats in which a feed is written, by the ending of its address."""

from collections.abc import Callable, Sequence

from palabre.feeds import atom, json_feed
from palabre.feeds.entries import Entry
from palabre.feeds.feed import Feed
from palabre.feeds.sources import ATOM, JSON

TYPES = {ATOM: atom.TYPE, JSON: json_feed.TYPE}
WRITERS: dict[str, Callable[[Feed, Sequence[Entry]], bytes]] = {ATOM: atom.write, JSON: json_feed.write}
