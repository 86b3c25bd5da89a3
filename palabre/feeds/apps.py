"""The feeds room as a Django app."""

from palabre.kit.rooms import RoomConfig


class FeedsConfig(RoomConfig):
    name = "palabre.feeds"
    label = "feeds"
