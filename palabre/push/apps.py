"""The push room as a Django app."""

from palabre.kit.rooms import RoomConfig


class PushConfig(RoomConfig):
    name = "palabre.push"
    label = "push"
