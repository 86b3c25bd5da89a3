"""The portability room as a Django app."""

from palabre.kit.rooms import RoomConfig


class PortabilityConfig(RoomConfig):
    name = "palabre.portability"
    label = "portability"
