"""The bookmarks room as a Django app."""

from palabre.kit.rooms import RoomConfig


class BookmarksConfig(RoomConfig):
    name = "palabre.bookmarks"
    label = "bookmarks"
