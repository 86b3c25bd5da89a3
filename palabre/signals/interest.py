"""Who follows a tag, for rooms below that ask those who do."""

from collections.abc import Collection, Iterable
from typing import Any

from palabre.signals.models import Follow
from palabre.tags import interest


def _followers(keys: Collection[str]) -> Iterable[tuple[str, int]]:
    return Follow.objects.heard().filter(tag__key__in=keys).order_by("pk").values_list("tag__key", "person")


def _followed(person: Any) -> Any:
    return Follow.objects.heard().filter(person=person, tag__isnull=False).order_by().values("tag")


interest.knows(_followers, _followed)
