"""The tags room as a Django app."""

from palabre.kit.rooms import RoomConfig


class TagsConfig(RoomConfig):
    name = "palabre.tags"
    label = "tags"
