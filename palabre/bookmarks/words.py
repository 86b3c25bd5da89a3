"""Search finds a bookmark by the notes of those who kept it."""

from typing import Any

from django.db.models import F, QuerySet

from palabre.bookmarks.models import Saver
from palabre.items.words import more_words
from palabre.kit.queries import Slot


def _noted(items: Slot) -> QuerySet[Any, Any]:
    notes = Saver.objects.filter(bookmark__among=items).exclude(note="").order_by("pk")
    return notes.values("note", item=F("bookmark"))


@more_words("notes", _noted)
def words_of_savers(row: dict[str, Any]) -> list[str]:
    """A note, as it was written."""
    return [row["note"]]
