"""Search finds a bookmark by the notes of those who kept it."""

from collections import defaultdict
from collections.abc import Sequence

from palabre.bookmarks.models import Saver
from palabre.items.words import more_words


@more_words("notes")
def words_of_savers(items: Sequence[int]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    notes = Saver.objects.filter(bookmark__in=items).exclude(note="").order_by("pk")
    for item, note in notes.values_list("bookmark", "note"):
        found[item].append(note)
    return {item: "\n\n".join(notes) for item, notes in found.items()}
