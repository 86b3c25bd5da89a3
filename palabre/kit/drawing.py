"""Small drawn signs: icons, avatars, audiences. Functions, so that code and templates draw them alike."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

SPRITE = "kit/icons.svg"


@lru_cache(maxsize=512)
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the sprite (`kit/icons.txt` lists them), silent: what it stands beside says it in words."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {classes}" if classes else "",
        static(SPRITE),
        name,
    )


@lru_cache(maxsize=16)
def reach(audience: str) -> SafeString:
    """How far words reach: one to five bars."""
    return format_html(
        '<svg class="reach" data-aud="{}" aria-hidden="true"><use href="{}#r-{}"/></svg>',
        audience,
        static(SPRITE),
        audience,
    )


def audience_chip(audience: str, label: Any, count: int | None = None) -> SafeString:
    """Who can read, as it stands beside everything one reads; `count` of them, where that is known."""
    return _chip(audience, str(label), count, get_language())


@lru_cache(maxsize=4096)
def _chip(audience: str, label: str, number: int | None, _language: str | None) -> SafeString:
    count, read = "", ""
    if number is not None:
        count = number_format(number, force_grouping=True)
        read = ngettext("person reads it", "people read it", number)
    readers = format_html(' <small>{}<span class="vh"> {}</span></small>', count, read) if count else ""
    return format_html('<span class="aud" data-aud="{}">{}{}{}</span>', audience, reach(audience), label, readers)


def avatar(person: Any, size: str = "", reader: Any = None) -> SafeString:
    """A person's face or initials: round for the house, square for who comes from outside. Sizes: sm, lg, xl.

    A reader who may not meet them is given the initials: the photo would be refused.
    """
    classes = " ".join(filter(None, ("av", size, "" if person.is_inside else "out")))
    if person.photo and (reader is None or person.is_met_by(reader)):
        return format_html('<img class="{}" src="{}" alt="">', classes, photo_address(person))
    return format_html(
        '<span class="{}" style="--h:{}" aria-hidden="true">{}</span>', classes, person.hue, person.initials
    )


def photo_address(person: Any) -> str:
    """Where a photo is fetched; its name in the address changes with the photo, so it may be kept."""
    return f"/people/{person.pk}/photo/?{person.photo.name.rpartition('/')[2]}"
