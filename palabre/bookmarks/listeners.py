"""A new bookmark, or one that somebody asks to read again, is read in the background; one that moves is settled.

What fetches is imported when it is needed: only the worker goes outside, and it costs every other process 8 MB.
"""

from typing import Any

from palabre.bookmarks.models import Bookmark, Status
from palabre.journal.listening import listens_to


@listens_to("bookmark_saved")
def read_new(event: Any) -> None:
    _read(event)


@listens_to("bookmark_asked")
def read_again(event: Any) -> None:
    _read(event)


@listens_to("moved")
def settle(event: Any) -> None:
    """A space keeps a page once, also when a bookmark comes from another space."""
    _settle(event)


@listens_to("restored")
def settle_again(event: Any) -> None:
    """Nor does it keep it twice because one comes back from the trash."""
    _settle(event)


def _settle(event: Any) -> None:
    if bookmark := Bookmark.objects.filter(pk=event.item).select_related("item__author").first():
        from palabre.bookmarks import fetching

        fetching.settle(bookmark)


def _read(event: Any) -> None:
    waiting = Bookmark.objects.filter(pk=event.item, status=Status.WAITING)
    if bookmark := waiting.select_related("item__author", "item__space").first():
        from palabre.bookmarks import fetching

        fetching.read(bookmark)
