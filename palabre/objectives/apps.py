"""The objectives room as a Django app."""

from palabre.kit.rooms import RoomConfig


class ObjectivesConfig(RoomConfig):
    name = "palabre.objectives"
    label = "objectives"
