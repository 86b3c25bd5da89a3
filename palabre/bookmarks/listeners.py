"""A new bookmark, or one that somebody asks to read again, is read in the background; one that moves is settled.

What fetches is imported when it is needed: only the worker goes outside, and it costs every other process 8 MB.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from palabre.bookmarks.models import Bookmark, Status
from palabre.items.models import READABLE
from palabre.journal.listening import listens_to
from palabre.journal.models import Event
from palabre.journal.waiting import still_to_hear


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


@listens_to("published", together=True)
def settle_published(events: Sequence[Event]) -> None:
    """Nor because one was withdrawn, and somebody kept the page meanwhile. Most that are published are kept once."""
    others = Bookmark.objects.filter(canonical=OuterRef("canonical"), item__space=OuterRef("item__space"))
    twice = Exists(others.filter(item__state__in=READABLE).exclude(pk=OuterRef("pk")))
    for bookmark in Bookmark.objects.filter(twice, pk__in=[event.item for event in events]).order_by("pk"):
        from palabre.bookmarks import fetching

        fetching.settle(bookmark)


def give_up_forgotten() -> None:
    """A reading whose job failed for good, or was lost, is not waited for any longer."""
    from palabre.journal.tasks import NAME

    waiting = list(Bookmark.objects.filter(status=Status.WAITING).select_related("item"))
    names = [f"{each.__module__}.{each.__qualname__}" for each in (read_new, read_again)]
    hoped_for = still_to_hear(NAME, names) if waiting else set()
    for bookmark in waiting:
        if bookmark.pk not in hoped_for:
            bookmark.give_up()


def _settle(event: Any) -> None:
    if bookmark := Bookmark.objects.filter(pk=event.item).select_related("item__author").first():
        from palabre.bookmarks import fetching

        fetching.settle(bookmark)


def _read(event: Any) -> None:
    waiting = Bookmark.objects.filter(pk=event.item, status=Status.WAITING)
    if bookmark := waiting.select_related("item__author", "item__space").first():
        from palabre.bookmarks import fetching

        fetching.read(bookmark)
