"""The path converter of item addresses: `12-raccorder-un-client`, of which only the number counts."""

from django.urls import register_converter


class ItemKey:
    """`<item:pk>` in urls: a number, and words that may have changed since the address was copied."""

    regex = r"[0-9]{1,18}(?:-[^/]*)?"

    def to_python(self, value: str) -> int:
        return int(value.partition("-")[0])

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(ItemKey, "item")
