"""The words of comments, for search; those of deleted ones are gone."""

from collections.abc import Sequence

from palabre.items.words import more_words
from palabre.kit.html import said
from palabre.talk.models import Comment


@more_words("comments")
def of_comments(items: Sequence[int]) -> dict[int, str]:
    """For each item, all that stands in its comments, as plain text."""
    found: dict[int, list[str]] = {}
    rows = Comment.objects.standing().filter(item__in=items).order_by("pk").values_list("item", "html")
    for item, html in rows:
        found.setdefault(item, []).append(said(html))
    return {item: "\n\n".join(texts) for item, texts in found.items()}
