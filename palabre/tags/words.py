"""The tags of an item, for search: their names, and every other name they answer to."""

from collections.abc import Sequence

from palabre.items.words import more_words
from palabre.tags.models import Alias, Tagging


@more_words("tags")
def of_tags(items: Sequence[int]) -> dict[int, str]:
    """For each item, the names of its tags and their synonyms."""
    rows = Tagging.objects.filter(item__in=items).order_by("tag__key").values_list("item", "tag", "tag__name")
    borne = list(rows)
    synonyms: dict[int, list[str]] = {}
    for tag, name in Alias.objects.filter(tag__in={tag for _, tag, _ in borne}).values_list("tag", "name"):
        synonyms.setdefault(tag, []).append(name)
    said: dict[int, list[str]] = {}
    for item, tag, name in borne:
        said.setdefault(item, []).extend([name, *synonyms.get(tag, ())])
    return {item: " ".join(names) for item, names in said.items()}
