"""Search finds an item by the names and the words of its files."""

from collections import defaultdict
from collections.abc import Sequence

from palabre.authoring.files.models import File
from palabre.items.words import more_words


@more_words("files")
def words_of_files(items: Sequence[int]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = File.objects.present().filter(item__in=items).order_by("pk").values_list("item", "name", "text")
    for item, name, text in rows:
        found[item] += (name, text)
    return {item: "\n\n".join(filter(None, pieces)) for item, pieces in found.items()}
