"""A new bookmark, or one that somebody asks to read again, is read in the background."""

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


def _read(event: Any) -> None:
    waiting = Bookmark.objects.filter(pk=event.item, status=Status.WAITING)
    if bookmark := waiting.select_related("item__author", "item__space").first():
        fetching.read(bookmark)
