"""The search room as a Django app."""

from palabre.kit.rooms import RoomConfig


class SearchConfig(RoomConfig):
    name = "palabre.search"
    label = "search"
