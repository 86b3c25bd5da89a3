"""The tags of an item in every list that shows it: the first few, one query for the whole list."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe

from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.kit.rows import adds_to_foot
from palabre.tags.models import Tagging

MOST = 3

_BORNE = Prepared(
    lambda: (
        Tagging.objects.filter(item__among=Slot("items")).order_by("pk").values_list("item_id", "tag__key", "tag__name")
    ),
    planned=EITHER,
)


@lru_cache(maxsize=4096)  # a list shows the same few again and again
def _drawn(key: str, name: str) -> str:
    return f'<a class="tag" href="/tags/{quote(key)}/">{escape(name)}</a>'


@adds_to_foot(order=10)
def tags(_reader: Any, items: Sequence[int]) -> dict[int, SafeString]:
    """Of each of these items, which the reader sees, its first tags."""
    found: dict[int, list[str]] = defaultdict(list)
    for item, key, name in _BORNE(items=list(items)):
        if len(found[item]) < MOST:
            found[item].append(_drawn(key, name))
    return {
        item: mark_safe(f'<span class="tags">{"".join(named)}</span>')  # noqa: S308 - escaped by `_drawn`
        for item, named in found.items()
    }
