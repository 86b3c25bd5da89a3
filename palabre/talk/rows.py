"""How much was said about an item, in every list that shows it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from palabre.kit.drawing import icon
from palabre.kit.queries import Slot
from palabre.kit.rows import adds_to_foot
from palabre.talk.models import Comment


def _said(items: Slot) -> QuerySet[Comment, Any]:
    standing = Comment.objects.standing().filter(item__among=items)
    return standing.order_by().values("item").annotate(number=Count("pk"))


@adds_to_foot(_said, order=20)
def comments(said: Sequence[dict[str, Any]]) -> dict[int, SafeString]:
    """How many comments stand."""
    return {
        each["item"]: format_html(
            '<span class="kind">{}{}</span>',
            icon("message-circle"),
            ngettext("%(number)d comment", "%(number)d comments", each["number"]) % {"number": each["number"]},
        )
        for each in said
    }
