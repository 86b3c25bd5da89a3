"""The words of comments, for search; those of deleted ones are gone."""

from collections.abc import Sequence

from palabre.items.words import more_words
from palabre.kit.html import strip
from palabre.talk.models import Comment


@more_words("comments")
def of_comments(items: Sequence[int]) -> dict[int, str]:
    """For each item, all that stands in its comments, as plain text."""
    said: dict[int, list[str]] = {}
    rows = Comment.objects.standing().filter(item__in=items).order_by("pk").values_list("item", "html")
    for item, html in rows:
        said.setdefault(item, []).append(strip(html))
    return {item: "\n".join(texts) for item, texts in said.items()}
