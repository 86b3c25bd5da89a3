"""The rules room as a Django app."""

from palabre.kit.rooms import RoomConfig


class RulesConfig(RoomConfig):
    name = "palabre.rules"
    label = "rules"
