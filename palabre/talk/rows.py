"""How much was said about an item, in every list that shows it: one query for the whole list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from palabre.kit.drawing import icon
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.kit.rows import adds_to_foot
from palabre.talk.models import Comment

_SAID = Prepared(
    lambda: (
        Comment.objects.standing()
        .filter(item__among=Slot("items"))
        .order_by()
        .values_list("item")
        .annotate(Count("pk"))
    ),
    planned=EITHER,
)


@adds_to_foot(order=20)
def comments(_reader: Any, items: Sequence[int]) -> dict[int, SafeString]:
    """Of each of these items, which the reader sees, how many comments stand."""
    return {
        item: format_html(
            '<span class="kind">{}{}</span>',
            icon("message-circle"),
            ngettext("%(number)d comment", "%(number)d comments", number) % {"number": number},
        )
        for item, number in _SAID(items=list(items))
    }
