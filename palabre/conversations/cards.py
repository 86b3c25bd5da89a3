"""Links in messages unfold to a card, for each reader those of what they see; one query for a page of messages."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.conf import settings

from palabre.items.addresses import number_in
from palabre.items.models import Item
from palabre.talk.discussion import Said

MOST = 3  # cards of one message

_POINTING = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')


def of(said: Iterable[Said], reader: Any) -> dict[int, list[Item]]:
    """By message, the items that it links to. Its marks are resolved for this reader: a title leads where they see."""
    pointed = {each.comment.pk: _numbers(each.html) for each in said if not each.comment.deleted_at}
    wanted = {number for numbers in pointed.values() for number in numbers}
    if not wanted:
        return {}
    seen = {item.pk: item for item in Item.objects.visible_to(reader).filter(pk__in=wanted).for_lists()}
    return {pk: [seen[number] for number in numbers if number in seen] for pk, numbers in pointed.items()}


def _numbers(html: str) -> list[int]:
    addresses = (unescape(each).removeprefix(settings.ADDRESS) for each in _POINTING.findall(html))
    found = (number_in(address) for address in addresses)
    return list(dict.fromkeys(number for number in found if number is not None))[:MOST]
