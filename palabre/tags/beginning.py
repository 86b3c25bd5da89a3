"""Tags whose name begins as somebody types, for every field and text where one types tags."""

from typing import Any

from palabre.tags.keys import key_of
from palabre.tags.models import Alias, Tag

SUGGESTED = 8


def beginning(person: Any, typed: str, limit: int = SUGGESTED) -> list[Tag]:
    """Tags `person` sees something under, whose name or a synonym begins so; the most used first."""
    key = key_of(typed)
    if not key:
        return []
    synonyms = Alias.objects.filter(key__startswith=key).values("tag")
    alike = Tag.objects.filter(key__startswith=key) | Tag.objects.filter(pk__in=synonyms)
    return list(alike.counted_for(person)[:limit])
