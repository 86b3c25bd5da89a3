"""The kit as a Django app: its templates, tags and static files."""

from palabre.kit.rooms import RoomConfig


class KitConfig(RoomConfig):
    name = "palabre.kit"
    label = "kit"
