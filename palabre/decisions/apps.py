"""The decisions room as a Django app."""

from palabre.kit.rooms import RoomConfig


class DecisionsConfig(RoomConfig):
    name = "palabre.decisions"
    label = "decisions"
