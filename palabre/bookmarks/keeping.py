"""Keeping an address: one bookmark per space and page, however many people keep it."""

import hashlib
from typing import Any

from django.db import connection, transaction

from palabre.authoring.writing import publish
from palabre.bookmarks import addresses
from palabre.bookmarks.models import Bookmark
from palabre.items.models import READABLE, Item
from palabre.spaces.models import Space


@transaction.atomic
def keep(space: Space, by: Any, address: str, title: str = "", note: str = "") -> tuple[Item, bool]:
    """The bookmark of a web address (`addresses.readable`) in a space, kept by `by`; and whether it is new there."""
    address, canonical = addresses.without_tracking(address), addresses.canonical(address)
    hold(space.pk, canonical)
    bookmark = find(space.pk, canonical)
    new = bookmark is None
    if bookmark is None:
        shown = title.strip() or addresses.site(address)
        item = publish("bookmark", space, by, shown[:250], "", address=address, canonical=canonical)
        bookmark = Bookmark.objects.select_related("item").get(item=item)
    bookmark.save_for(by, note.strip())
    return bookmark.item, new


def find(space: int, canonical: str) -> Bookmark | None:
    """The elder bookmark of a page in a space, if it may still be read."""
    kept = Bookmark.objects.filter(canonical=canonical, item__space=space, item__state__in=READABLE)
    return kept.select_related("item").order_by("pk").first()


def hold(space: int, canonical: str) -> None:
    """Until the transaction ends, nobody else keeps this page in this space."""
    key = hashlib.sha256(f"{space} {canonical}".encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:15], 16)])
