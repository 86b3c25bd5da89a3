"""Addresses of items: `12-raccorder-un-client`, of which only the number counts; their path converter, and which number
an address in a text means."""

import re
from functools import cache

from django.urls import register_converter

from palabre.items import kinds


class ItemKey:
    """`<item:pk>` in urls: a number, and words that may have changed since the address was copied."""

    regex = r"[0-9]{1,18}(?:-[^/]*)?"

    def to_python(self, value: str) -> int:
        return int(value.partition("-")[0])

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(ItemKey, "item")


def number_in(address: str) -> int | None:
    """The number of the item that an address of ours leads to (`/pages/12-words/#section`); None for any other."""
    found = _pattern().match(address)
    return int(found[1]) if found else None


@cache
def _pattern() -> re.Pattern[str]:
    paths = "|".join(["items", *(re.escape(kind.path) for kind in kinds.every())])
    return re.compile(rf"/(?:{paths})/([0-9]{{1,18}})(?:-[^/?#]*)?/?(?:#.*)?$")
