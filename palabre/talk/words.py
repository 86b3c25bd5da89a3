"""The words of comments, for search; those of deleted ones are gone."""

from typing import Any

from palabre.items.words import more_words
from palabre.kit.html import said
from palabre.talk.models import Comment


@more_words(
    "comments", lambda items: Comment.objects.standing().filter(item__among=items).order_by("pk").values("item", "html")
)
def of_comments(row: dict[str, Any]) -> list[str]:
    """A comment as plain text."""
    return [said(row["html"])]
