"""Search finds an item by the names and the words of its files."""

from typing import Any

from palabre.authoring.files.models import File
from palabre.items.words import more_words


@more_words(
    "files",
    lambda items: File.objects.present().filter(item__among=items).order_by("pk").values("item", "name", "text"),
)
def words_of_files(row: dict[str, Any]) -> list[str]:
    """The name of a file, and what stands in it."""
    return [row["name"], row["text"]]
