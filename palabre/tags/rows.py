"""The tags of an item in every list that shows it: the first few, one query for the whole list."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from palabre.kit.rows import adds_to_foot
from palabre.tags.models import Tagging

MOST = 3


@adds_to_foot(order=10)
def tags(_reader: Any, items: Sequence[int]) -> dict[int, SafeString]:
    """Of each of these items, which the reader sees, its first tags."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    borne = Tagging.objects.filter(item__in=items).order_by("pk")
    for item, key, name in borne.values_list("item_id", "tag__key", "tag__name"):
        found[item].append((f"/tags/{key}/", name))
    return {
        item: format_html(
            '<span class="tags">{}</span>',
            format_html_join("", '<a class="tag" href="{}">{}</a>', named[:MOST]),
        )
        for item, named in found.items()
    }
