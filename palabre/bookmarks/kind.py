"""Bookmarks as a kind."""

from django.utils.translation import gettext_lazy as _

from palabre.bookmarks.models import Bookmark
from palabre.items.kinds import Kind, register
from palabre.items.models import Item
from palabre.journal.verbs import Verb


def _words(item: Item) -> str:
    """Search finds the page by its address, its description and its own text."""
    bookmark: Bookmark = item.bookmark  # type: ignore[attr-defined]
    told = bookmark.description if bookmark.description not in " ".join(item.body.split()) else ""
    return "\n".join(filter(None, (bookmark.address, bookmark.site_name, told, bookmark.text)))


BOOKMARK = register(
    Kind(
        name="bookmark",
        path="bookmarks",
        label=_("Bookmark"),
        label_plural=_("Bookmarks"),
        icon="bookmark",
        template="bookmarks/show.html",
        facet=Bookmark,
        verbs=(
            Verb("bookmark_saved", changes_text=True),
            Verb("bookmark_released", changes_text=True),
            Verb("bookmark_asked"),
            Verb("bookmark_read", changes_text=True),
        ),
        dated=True,
        order=30,
        start="/bookmarks/new/",
        search_text=_words,
    )
)
