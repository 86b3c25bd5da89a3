"""The demo room as a Django app."""

from palabre.kit.rooms import RoomConfig


class DemoConfig(RoomConfig):
    name = "palabre.demo"
    label = "demo"
