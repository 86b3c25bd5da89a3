"""The ideas room as a Django app."""

from palabre.kit.rooms import RoomConfig


class IdeasConfig(RoomConfig):
    name = "palabre.ideas"
    label = "ideas"
