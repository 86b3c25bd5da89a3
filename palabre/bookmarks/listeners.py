"""A new bookmark, or one that somebody asks to read again, is read in the background; one that moves is settled."""

from typing import Any

from palabre.bookmarks import fetching
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
    if bookmark := Bookmark.objects.filter(pk=event.item).select_related("item__author").first():
        fetching.settle(bookmark)


def _read(event: Any) -> None:
    waiting = Bookmark.objects.filter(pk=event.item, status=Status.WAITING)
    if bookmark := waiting.select_related("item__author", "item__space").first():
        fetching.read(bookmark)
