"""The spaces room as a Django app."""

from palabre.kit.rooms import RoomConfig


class SpacesConfig(RoomConfig):
    name = "palabre.spaces"
    label = "spaces"
