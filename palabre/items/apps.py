"""The items room as a Django app."""

from palabre.kit.rooms import RoomConfig


class ItemsConfig(RoomConfig):
    name = "palabre.items"
    label = "items"
