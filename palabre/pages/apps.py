"""The pages room as a Django app."""

from palabre.kit.rooms import RoomConfig


class PagesConfig(RoomConfig):
    name = "palabre.pages"
    label = "pages"
