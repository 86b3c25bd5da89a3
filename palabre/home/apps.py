"""The home room as a Django app."""

from palabre.kit.rooms import RoomConfig


class HomeConfig(RoomConfig):
    name = "palabre.home"
    label = "home"
