"""The tags of an item in every list that shows it: the first few."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from palabre.kit.queries import Slot
from palabre.kit.rows import adds_to_foot
from palabre.tags.models import Tagging

MOST = 3


def _borne(items: Slot) -> QuerySet[Tagging, Any]:
    return Tagging.objects.filter(item__among=items).order_by("pk").values("item", "tag__key", "tag__name")


@lru_cache(maxsize=4096)  # a list shows the same few again and again
def _drawn(key: str, name: str) -> str:
    return f'<a class="tag" href="/tags/{quote(key)}/">{escape(name)}</a>'


@adds_to_foot(_borne, order=10)
def tags(borne: Sequence[dict[str, Any]]) -> dict[int, SafeString]:
    """The first tags of each item."""
    found: dict[int, list[str]] = defaultdict(list)
    for each in borne:
        if len(found[each["item"]]) < MOST:
            found[each["item"]].append(_drawn(each["tag__key"], each["tag__name"]))
    return {
        item: mark_safe(f'<span class="tags">{"".join(named)}</span>')  # noqa: S308 - escaped by `_drawn`
        for item, named in found.items()
    }
