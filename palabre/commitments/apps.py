"""The commitments room as a Django app."""

from palabre.kit.rooms import RoomConfig


class CommitmentsConfig(RoomConfig):
    name = "palabre.commitments"
    label = "commitments"
