"""The tags of an item, for search: their names, and every other name they answer to."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from palabre.items.words import more_words
from palabre.kit.queries import Slot
from palabre.tags.models import Alias, Tagging


def _borne(items: Slot) -> QuerySet[Any, Any]:
    synonyms = ArraySubquery(Alias.objects.filter(tag=OuterRef("tag")).order_by("pk").values("name"))
    borne = Tagging.objects.filter(item__among=items).order_by("tag__key")
    return borne.annotate(synonyms=synonyms).values("item", "tag__name", "synonyms")


@more_words("tags", _borne, quoted=False)
def of_tags(row: dict[str, Any]) -> list[str]:
    """A tag is called so."""
    return [" ".join((row["tag__name"], *row["synonyms"]))]
