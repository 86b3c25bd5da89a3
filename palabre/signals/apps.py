"""The signals room as a Django app."""

from palabre.kit.rooms import RoomConfig


class SignalsConfig(RoomConfig):
    name = "palabre.signals"
    label = "signals"
